package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A node that was loading when it was last asked.
class LoadedMeanwhileIT {

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @Test
    void answersAsSoonAsItHasLoaded() throws IOException {
        Shipments shipments = new Shipments(fleet.local());
        shipments.put("loaded", Shipments.rows(0, 100));
        int port = ChildService.freePort();
        Map<String, String> withoutRounds = Map.of("DUCKFLEET_COORDINATOR_WATCH_INTERVAL", "1H");

        HttpServer loading = loadingNode(port);
        try (OwnCoordinator coordinator =
                OwnCoordinator.over(Map.of("loaded", OwnCoordinator.node(port)), withoutRounds)) {
            HttpResponse<String> early = coordinator.query("SELECT count(*) AS n FROM loaded");
            loading.stop(0);
            try (ChildService node = shipments.node("loaded", port)) {
                node.awaitReady();

                HttpResponse<String> late = coordinator.query("SELECT count(*) AS n FROM loaded");

                assertThat(early.statusCode()).isEqualTo(503);
                assertThat(Json.read(early.body()).path("code").asText()).isEqualTo("not_ready");
                assertThat(late.body()).isEqualTo("{\"n\":100}\n");
            }
        } finally {
            loading.stop(0);
        }
    }

    /// Answers as a data node does while it loads.
    private static HttpServer loadingNode(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
