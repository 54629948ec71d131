package io.duckfleet.datanode.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.datanode.NodeFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NodeFixture.class)
class ReloadHttpTest {

    @BeforeEach
    void awaitReady() {
        NodeFixture.awaitReady();
    }

    @Test
    void answersWithTheNewTable() {
        String before = given().get("/metadata").path("table_version");

        Response answer = given().post("/reload");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat((String) answer.path("status")).isEqualTo("success");
        assertThat((Integer) answer.path("row_count")).isEqualTo(4);
        assertThat((String) answer.path("table_version"))
                .isNotEqualTo(before)
                .isEqualTo(given().get("/metadata").path("table_version"));
        assertThat(given().get("/metrics").asString()).contains("duckfleet_node_reloads_total{outcome=\"succeeded\"");
    }
}
