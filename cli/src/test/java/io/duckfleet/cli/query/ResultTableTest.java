package io.duckfleet.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.terminal.TextTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    private static final String ANSWER = """
            {"results": [{"b": 1, "a": null}, {"a": {"x": [1, 2]}, "b": 2.5}], "columns": ["a", "b"], "execution_time_ms": 12.4,
             "source_tables": ["airports", "routes"]}
            """;

    @Test
    void keepsTheOrderOfTheColumns() throws Exception {
        TextTable table = ResultTable.of(answer());

        assertThat(table.header()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(List.of("", "1"), List.of("{\"x\":[1,2]}", "2.5"));
    }

    @Test
    void tellsRowsSourcesAndTime() throws Exception {
        assertThat(ResultTable.summary(answer())).isEqualTo("(2 rows from airports, routes, 12 ms)");
    }

    private static JsonNode answer() throws Exception {
        return new ObjectMapper().readTree(ANSWER);
    }
}
