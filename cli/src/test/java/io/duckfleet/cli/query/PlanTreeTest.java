package io.duckfleet.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PlanTreeTest {

    @Test
    void drawsFragmentsLakeTablesAndTheLocalPlan() throws JsonProcessingException {
        String answer = """
                {"query": "..", "source_tables": ["a", "t"],
                 "fragments": [{"table": "a", "url": "http://n:1", "sql": "SELECT c0 FROM a", "rows": 12345, "bytes": 678, "ms": 9.87}],
                 "lake_tables": ["t"], "plan": "..", "local_plan": "┌───┐\\n│ x │\\n"}
                """;

        assertThat(String.join(
                        "\n", PlanTree.of(new ObjectMapper().readTree(answer)).lines()))
                .isEqualTo("""
                query, joined and answered by the coordinator
                ├─ fragment of a at http://n:1
                │  ├─ SELECT c0 FROM a
                │  └─ 12,345 rows, 678 bytes, 9.9 ms
                ├─ lake table t
                └─ run locally
                      ┌───┐
                      │ x │""");
    }
}
