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
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class LateFailureTest {

    @Test
    void breaksTheConnectionWhenAResultFailsMidway() {
        assertThatThrownBy(() -> {
                    try (InputStream answer = address().toURL().openStream()) {
                        answer.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void breaksTheAnswerOffInEveryVersionOfHttp(HttpClient.Version version) {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            assertThatThrownBy(
                            () -> client.send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofByteArray()))
                    .isInstanceOf(IOException.class);
        }
    }

    /// HTTP/1.0 knows no chunks: an ordinary end of the connection would be that of the body.
    @Test
    void resetsAConnectionWhoseEndWouldEndTheBody() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write("GET /fails-late HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    private static URI address() {
        return URI.create("http://localhost:" + RestAssured.port + "/fails-late");
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
