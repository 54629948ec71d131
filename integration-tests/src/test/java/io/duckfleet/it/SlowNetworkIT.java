package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.it.FaultProxy.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Between coordinator and node lies a network of less than 20 MB/s.
class SlowNetworkIT {

    private static final long ROWS = 6_000;
    private static final String TEXT = "some words that repeat, as words do; ".repeat(15);

    @RegisterExtension
    static final NodesWithFaults nodes = new NodesWithFaults();

    @Test
    void fragmentsComeCompressedOnceTheNetworkIsKnown() {
        Shipments shipments = nodes.shipments();
        shipments.put(
                "wide",
                LongStream.range(0, ROWS)
                        .mapToObj(id -> "%d,\"%d %s\"\n".formatted(id, id, TEXT))
                        .collect(Collectors.joining("", "id,text\n", "")));
        try (ChildService node = shipments.node("wide", ChildService.freePort()).awaitReady();
                FaultProxy proxy = new FaultProxy(node.port())) {
            Map<String, Object> tables = new HashMap<>(nodes.tables());
            tables.put("wide", OwnCoordinator.node(proxy.port()));
            nodes.coordinator().useTables(tables);
            Await.until(
                    "the table is listed",
                    () -> nodes.coordinator().table("wide").isPresent());
            proxy.fault(Fault.NARROW);

            long first = bytesOf("SELECT id, text FROM wide WHERE id >= 1");
            long second = bytesOf("SELECT id, text FROM wide WHERE id >= 2");

            assertThat(first).isGreaterThan(1 << 20);
            assertThat(second).isLessThan(first / 2);
        }
    }

    /// The bytes that came from the node.
    private static long bytesOf(String sql) {
        JsonNode answer = Json.read(Http.post(nodes.coordinator().at("/query"), Json.object("query", sql))
                .body());
        assertThat(answer.path("row_count").asLong()).isGreaterThan(ROWS - 3);
        return answer.path("nodes").path(0).path("bytes").asLong();
    }
}
