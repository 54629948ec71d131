package io.duckfleet.datanode;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node needs to start in a test: an S3 server with a file, and credentials for it.
public final class NodeFixture implements QuarkusTestResourceLifecycleManager {

    public static final String CSV = """
            id,name,price,day,seen,fresh
            1,Duck,2.5,2024-01-31,2024-01-31 10:00:00,true
            2,"Goose, grey",,2024-02-01,2024-02-01 11:30:00,false
            3,Ünicorn,10.25,,2024-02-02 12:00:00,
            9007199254740993,Swan,1.0,2024-03-01,2024-03-01 00:00:00,true
            """;

    private @Nullable S3Server server;

    @Override
    public Map<String, String> start() {
        server = S3Server.start();
        String url = server.put("birds.csv", CSV.getBytes(StandardCharsets.UTF_8));
        System.setProperty("aws.endpointUrlS3", server.endpoint().toString());
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        return Map.of("duckfleet.node.s3-url", url, "duckfleet.node.table-name", "birds");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    /// Waits until the node is ready.
    public static void awaitReady() {
        Instant patience = Instant.now().plus(Duration.ofSeconds(60));
        while (RestAssured.get("/health/ready").statusCode() != 200) {
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("the node doesn't get ready");
            }
        }
    }
}
