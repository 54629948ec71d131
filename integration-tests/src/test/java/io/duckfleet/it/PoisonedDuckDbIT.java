package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A statement on which DuckDB breaks (INTERNAL error) breaks no other: the coordinator takes a new DuckDB.
class PoisonedDuckDbIT {

    /// DuckDB 1.5.5: "Calling GetValueInternal on a value that is NULL".
    private static final String BREAKS = "SELECT unnest([[1]], recursive := NULL)";

    @Test
    void isReplaced() {
        try (OwnCoordinator coordinator = OwnCoordinator.over(Map.of(), Map.of())) {
            HttpResponse<String> answer = coordinator.query(BREAKS);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("internal");
            assertThat(answer.body()).doesNotContain("duckdb::");
            assertThat(coordinator
                            .query("SELECT sum(i) AS s FROM range(10) t(i)")
                            .body())
                    .isEqualTo("{\"s\":45}\n");
            assertThat(coordinator.service().log()).contains("met an internal error and is replaced");
        }
    }
}
