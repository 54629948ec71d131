package io.duckfleet.datanode.query;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.ClientConnection;
import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class LateFailureTest {

    @Test
    void breaksTheConnectionWhenAResultFailsMidway() {
        assertThatThrownBy(() -> {
                    try (InputStream answer = URI.create("http://localhost:" + RestAssured.port + "/fails-late")
                            .toURL()
                            .openStream()) {
                        answer.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    /// Streams a megabyte, then fails, as a result may.
    @Path("/fails-late")
    public static final class FailingResource {

        @GET
        @Blocking
        public Response fail(@Context RoutingContext context) {
            return ClientConnection.stream(FailingResource::writeThenFail, "text/csv", context);
        }

        private static void writeThenFail(OutputStream out) throws IOException {
            out.write(new byte[1 << 20]);
            out.flush();
            throw new FleetException(ErrorCode.SQL_FAILED, "too late");
        }
    }
}
