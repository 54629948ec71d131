package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A node that still loads: its S3 takes connections and never answers.
class LoadingNodeIT {

    @Test
    void isWaitedForByWhoeverAsksAgain() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ChildService node = loadingFrom(silent);
                OwnCoordinator coordinator =
                        OwnCoordinator.over(Map.of("slow", OwnCoordinator.node(node.port())), Map.of())) {
            Await.until("the node lives", () -> Http.isReady(node.at("/health/live")));
            Await.until(
                    "the coordinator knows that it loads",
                    () -> coordinator.query("FROM slow").statusCode() == 503);

            HttpResponse<String> answer = coordinator.query("SELECT count(*) FROM slow");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo("not_ready");
            assertThat(Json.read(answer.body()).path("detail").asText()).contains("\"slow\"");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(coordinator.query("SELECT 1 AS one").body()).isEqualTo("{\"one\":1}\n");
        }
    }

    private static ChildService loadingFrom(ServerSocket s3) {
        return ChildService.start(
                "data-node",
                ChildService.freePort(),
                List.of("s3://bucket/shipments.csv", "--table-name", "shipments"),
                Map.of(
                        "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3.getLocalPort(),
                        "AWS_ACCESS_KEY_ID", "none",
                        "AWS_SECRET_ACCESS_KEY", "none",
                        "AWS_REGION", "us-east-1"));
    }
}
