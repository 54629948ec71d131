package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.load.CsvFixture.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/// Any CSV file becomes the table that DuckDB's own reader makes of it when it looks at all rows; what that
/// reader refuses is refused.
class CsvPropertyTest {

    private static final int REPEATS = 40;

    private static final CsvFixture FILES = new CsvFixture();

    @AfterContainer
    static void stop() {
        FILES.close();
    }

    /// A file's form and its records; `quoteAll` quotes every field, else those that need it.
    record CsvFile(String delimiter, String lineEnd, boolean quoteAll, boolean header, List<List<String>> records) {

        /// The records several times over, so that there is more than one chunk.
        String text() {
            StringBuilder text = new StringBuilder();
            if (header) {
                for (int i = 0; i < records.getFirst().size(); i++) {
                    text.append(i == 0 ? "" : delimiter).append("column_").append(i);
                }
                text.append(lineEnd);
            }
            String body = records.stream().map(this::line).collect(Collectors.joining(lineEnd, "", lineEnd));
            return text.append(body.repeat(REPEATS)).toString();
        }

        private String line(List<String> fields) {
            return fields.stream().map(this::field).collect(Collectors.joining(delimiter));
        }

        private String field(String value) {
            boolean needed =
                    value.contains(delimiter) || value.contains("\"") || value.contains("\n") || value.contains("\r");
            return (quoteAll && !value.isEmpty()) || needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
        }
    }

    @Provide
    Arbitrary<CsvFile> csvFiles() {
        Arbitrary<String> delimiters = Arbitraries.of(",", ";", "\t", "|");
        Arbitrary<String> lineEnds = Arbitraries.of("\n", "\r\n");
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        return Arbitraries.integers()
                .between(2, 6)
                .flatMap(columns -> Combinators.combine(delimiters, lineEnds, yesOrNo, yesOrNo, records(columns))
                        .as(CsvFile::new));
    }

    private static Arbitrary<List<List<String>>> records(int columns) {
        return columnKinds()
                .list()
                .ofSize(columns)
                .flatMap(kinds -> record(kinds).list().ofMinSize(5).ofMaxSize(60));
    }

    private static Arbitrary<List<String>> record(List<Arbitrary<String>> kinds) {
        return Combinators.combine(kinds).as(values -> values);
    }

    /// A column is mostly of one kind, with missing values, and now and then something else.
    private static Arbitrary<Arbitrary<String>> columnKinds() {
        return Arbitraries.of(
                        Arbitraries.integers().map(String::valueOf),
                        Arbitraries.longs().map(String::valueOf),
                        Arbitraries.doubles().between(-1e6, 1e6).ofScale(2).map(String::valueOf),
                        Arbitraries.of("true", "false"),
                        Arbitraries.of("2024-01-31", "1999-12-01", "2000-02-29"),
                        Arbitraries.of("2024-01-31 10:00:00", "1999-12-01 23:59:59"),
                        words())
                .map(kind -> Arbitraries.frequencyOf(Tuple.of(20, kind), Tuple.of(3, Arbitraries.just(""))));
    }

    private static Arbitrary<String> words() {
        Arbitrary<String> unicode =
                Arbitraries.of("duck", "ß", "東京", "🦆", "é", "a b", "x,y", "p;q", "r|s", "t\tu", "two\nlines");
        Arbitrary<String> quoted = Arbitraries.of("say \"hi\"", "\"", "it's", "5'' disk");
        return Arbitraries.frequencyOf(Tuple.of(6, unicode), Tuple.of(1, quoted));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void loadsWhatDuckDbReadsWhenItLooksAtAllRows(@ForAll("csvFiles") CsvFile csv) {
        byte[] file = CsvFixture.utf8(csv.text());
        Optional<Content> expected = oracle(file);

        if (expected.isPresent()) {
            assertThat(FILES.loaded(CsvFixture.gzip(file))).isEqualTo(expected.orElseThrow());
        } else {
            assertThatThrownBy(() -> FILES.loaded(CsvFixture.gzip(file))).isInstanceOf(LoadException.class);
        }
    }

    private static Optional<Content> oracle(byte[] file) {
        try {
            return Optional.of(FILES.readByDuckDb(file, ", sample_size = -1"));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }
}
