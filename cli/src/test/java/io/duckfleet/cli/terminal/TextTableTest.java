package io.duckfleet.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final TextTable AIRPORTS = new TextTable(
            List.of("iata", "name", "altitude_ft"),
            List.of(
                    List.of("JFK", "John F Kennedy International Airport", "13"),
                    List.of("ZRH", "Zürich Airport", "1416")));

    @Test
    void keepsNaturalWidthsWhereThereIsRoom() {
        List<String> lines = AIRPORTS.fitted(100);

        assertThat(lines)
                .containsExactly(
                        "iata  name                                  altitude_ft",
                        "────  ────────────────────────────────────  ───────────",
                        "JFK   John F Kennedy International Airport           13",
                        "ZRH   Zürich Airport                               1416");
    }

    @Test
    void cutsTheWidestColumnFirst() {
        List<String> lines = AIRPORTS.fitted(30);

        assertThat(lines).allMatch(line -> line.length() <= 30);
        assertThat(lines.get(2)).isEqualTo("JFK   John F Ken…           13");
    }

    @Test
    void isAsWideAsItMustWhereTheTerminalIsTooNarrow() {
        List<String> lines = AIRPORTS.fitted(5);

        assertThat(lines.getLast()).isEqualTo("ZRH  Zü…  14…");
    }

    @Test
    void separatesByTabsInAPipe() {
        TextTable table =
                new TextTable(List.of("a", "b"), List.of(List.of("one\ttwo", "line\nbreak \\"), List.of("", "x")));

        List<String> lines = table.linesFor(new Terminal(new PrintStream(System.out), Optional.empty()));

        assertThat(lines).containsExactly("a\tb", "one\\ttwo\tline\\nbreak \\\\", "\tx");
    }

    @Test
    void showsLineBreaksAsBlanksAtATerminal() {
        TextTable table = new TextTable(List.of("text"), List.of(List.of("one\ntwo")));

        assertThat(table.fitted(80)).contains("one two");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new TextTable(List.of("a"), List.of(List.of("1", "2"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
