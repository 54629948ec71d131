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
                 "fragments": [{"table": "a", "url": "http://n:1", "sql": "SELECT c0\\nFROM a", "rows": 12345, "bytes": 678, "ms": 9.87,
                                "estimated_rows": 12000, "cached": true, "semi_joins": [{"key": "k", "by": "b.id", "keys": "7 keys"}]}],
                 "lake_tables": ["t"], "plan": "..", "local_plan": "┌───┐\\n\\n│ x │\\n"}
                """;

        assertThat(String.join(
                        "\n", PlanTree.of(new ObjectMapper().readTree(answer)).lines()))
                .isEqualTo("""
                query
                ├─ fragment of a at http://n:1
                │  ├─ SELECT c0
                │  │  FROM a
                │  ├─ only rows whose k is a b.id: 7 keys
                │  └─ 12,345 rows (about 12,000 expected), 678 bytes, 9.9 ms, kept from before
                ├─ lake table t
                └─ run locally
                      ┌───┐
                     \s
                      │ x │""");
    }

    @Test
    void tellsWhatIsExpectedBeforeItRuns() throws JsonProcessingException {
        String answer = """
                {"fragments": [{"table": "a", "url": "http://n:1", "sql": "SELECT 1", "estimated_rows": 1540,
                                "semi_joins": [{"key": "k", "by": "b.id"}]}]}
                """;

        assertThat(PlanTree.of(new ObjectMapper().readTree(answer)).lines())
                .containsExactly(
                        "query",
                        "└─ fragment of a at http://n:1",
                        "   ├─ SELECT 1",
                        "   ├─ only rows whose k is a b.id",
                        "   └─ about 1,540 rows expected");
    }
}
