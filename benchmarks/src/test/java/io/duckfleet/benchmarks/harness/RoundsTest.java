package io.duckfleet.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {

    private final List<String> order = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void warmsUpThenLetsEachRoundBeginWithAnother() throws Exception {
        runner().run(race("1 a race"));

        assertThat(order).containsExactly("ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer");
    }

    @Test
    void reportsMediansOfTheRoundsThatCount() throws Exception {
        RaceResult result = runner().run(race("1 a race"));

        assertThat(result.ours().seconds()).containsExactly(2.0, 3.0, 1.0);
        assertThat(result.ours().medianSeconds()).isEqualTo(2.0);
        assertThat(result.ours().spread()).isEqualTo(3.0);
        assertThat(result.ours().peakBytes()).isEqualTo(3_000);
        assertThat(result.speedUpOver(result.contenders().getLast())).isCloseTo(2.0, within(1e-9));
    }

    @Test
    void keepsTheResultsOfOtherRaces() throws Exception {
        ResultsFolder results = new ResultsFolder(folder);

        results.add(runner().run(race("2 the second")));
        results.add(runner().run(race("1 the first")));
        results.add(runner().run(race("2 the second")));

        assertThat(results.read()).extracting(RaceResult::name).containsExactly("1 the first", "2 the second");
        assertThat(page())
                .contains("## 1 the first", "## 2 the second", "| peer | peer | 4.000 | 25 |", "2.00 x as fast");
    }

    @Test
    void wantsARunnerOfOurs() {
        Contender peer = new Contender("peer", Role.PEER, () -> Measurement.timing(() -> {}));

        assertThatThrownBy(() -> new Race("1", "work", 1, List.of(peer))).hasMessageContaining("nobody runs for us");
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("RESULTS.md"));
    }

    @Test
    void warmsUpForATime() throws Exception {
        Contender quick = new Contender("quick", Role.OURS, () -> {
            order.add("quick");
            return new Measurement(Duration.ofNanos(1), OptionalLong.empty());
        });

        new Rounds(1, Duration.ofMillis(20), 1, "abc1234", new PrintStream(OutputStream.nullOutputStream()))
                .run(new Race("1 a race", "Work.", 1, List.of(quick)));

        assertThat(order).hasSizeGreaterThan(2);
    }

    private static Rounds runner() {
        return new Rounds(1, Duration.ZERO, 3, "abc1234", new PrintStream(OutputStream.nullOutputStream()));
    }

    private Race race(String name) {
        return new Race(
                name,
                "Work.",
                100,
                List.of(contender("ours", Role.OURS, 9, 2, 3, 1), contender("peer", Role.PEER, 9, 4, 4, 4)));
    }

    private Contender contender(String name, Role role, int... seconds) {
        Iterator<Integer> times = Arrays.stream(seconds).iterator();
        return new Contender(name, role, () -> {
            order.add(name);
            int time = times.next();
            return new Measurement(Duration.ofSeconds(time), OptionalLong.of(time < 9 ? time * 1_000L : 0));
        });
    }
}
