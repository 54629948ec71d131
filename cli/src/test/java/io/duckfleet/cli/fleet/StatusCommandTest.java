package io.duckfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.local.FleetStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

    private static final String EXPECTED = """
            {"coordinator": {"url": "http://localhost:8000", "health": "healthy"},
             "sidecar": {"url": "http://localhost:8001", "health": "degraded"},
             "nodes": [{"table": "airports", "url": "http://localhost:8011", "health": "healthy", "rows": 7698},
                       {"table": "routes", "url": "http://localhost:8013", "health": "down", "rows": null}],
             "s3": {"endpoint": "http://localhost:9100", "access_key": "key", "secret_key": "secret", "bucket": "lake-data", "health": "healthy"},
             "catalog": {"host": "127.0.0.1", "port": 54320, "database": "duckfleet", "user": "postgres", "health": "healthy"},
             "data_dir": "/home/ada/.duckfleet/data"}
            """;

    private static final FleetStatus STATUS = new FleetStatus(
            new FleetStatus.Service("http://localhost:8000", "healthy"),
            new FleetStatus.Service("http://localhost:8001", "degraded"),
            List.of(
                    new FleetStatus.Node("airports", "http://localhost:8011", "healthy", OptionalLong.of(7698)),
                    new FleetStatus.Node("routes", "http://localhost:8013", "down", OptionalLong.empty())),
            new FleetStatus.S3("http://localhost:9100", "key", "secret", "lake-data", "healthy"),
            new FleetStatus.Catalog("127.0.0.1", 54320, "duckfleet", "postgres", "healthy"),
            Optional.empty(),
            "/home/ada/.duckfleet/data");

    @Test
    void writesTheShapeThatScriptsReadAsJson() throws Exception {
        ObjectMapper mapper = new ObjectMapper();

        assertThat(mapper.readTree(StatusCommand.json(STATUS))).isEqualTo(mapper.readTree(EXPECTED));
    }

    @Test
    void isHealthyOnlyWhenAllPartsAre() {
        assertThat(STATUS.allHealthy()).isFalse();
    }
}
