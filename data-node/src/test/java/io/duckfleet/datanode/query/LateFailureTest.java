package io.duckfleet.datanode.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class LateFailureTest {

    @Test
    void breaksTheConnectionWhenAResultFailsMidway() {
        assertThatThrownBy(() -> given().get("/fails-late").asByteArray()).isInstanceOf(Exception.class);
    }

    /// Streams a megabyte, then fails, as a result may.
    @Path("/fails-late")
    public static final class FailingResource {

        @GET
        @Blocking
        public Response fail() {
            StreamingOutput output = out -> {
                out.write(new byte[1 << 20]);
                out.flush();
                throw new FleetException(ErrorCode.SQL_FAILED, "too late");
            };
            return Response.ok(output).type("text/csv").build();
        }
    }
}
