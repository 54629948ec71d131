package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Planning, fetching and joining against the oracle, over the sample tables.
class DistributedEqualsSingleNodeTest {

    private static SingleNode node;

    @BeforeAll
    static void open() {
        Path samples = Path.of(System.getProperty("duckfleet.root"), "samples");
        node = new SingleNode(Stream.of("airports", "airlines", "routes")
                .map(table -> "CREATE TABLE %s AS FROM read_csv(%s)"
                        .formatted(
                                table,
                                Identifiers.literal(
                                        samples.resolve(table + ".csv.gz").toString())))
                .toList());
    }

    @AfterAll
    static void close() {
        node.close();
    }

    static Stream<String> queries() throws IOException {
        return Stream.concat(queriesOf("/queries/openflights.sql"), queriesOf("/queries/syntax.sql"));
    }

    private static Stream<String> queriesOf(String resource) throws IOException {
        try (InputStream file = DistributedEqualsSingleNodeTest.class.getResourceAsStream(resource)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatOneDuckDbGivesAndLeavesNoFile(String sql) {
        assertThat(node.fleet(sql)).isEqualTo(node.oracle(sql));
        assertThat(node.scratch()).isEmptyDirectory();
    }
}
