package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/// With an admin key, deleting and maintaining is for those who show it; all else is as without.
@QuarkusTest
@TestProfile(StrictProfile.class)
@QuarkusTestResource(LakeBackends.class)
class AdminKeyTest extends LakeLook {

    @Test
    void onlyAdminsDeleteAndMaintain() {
        ingest("{\"table_name\":\"guarded\",\"records\":[{\"n\":1}]}").statusCode(200);

        given().delete("/table/guarded")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("code", equalTo("unauthenticated"));
        given().header("Authorization", "Bearer wrong")
                .delete("/table/guarded?before=2030-01-01")
                .then()
                .statusCode(401);
        given().post("/maintenance/merge").then().statusCode(401);
        given().get("/table/guarded/count").then().statusCode(200).body("lake_count", equalTo(1));

        String admin = "Bearer " + StrictProfile.ADMIN_KEY;
        given().header("Authorization", admin).post("/maintenance/merge").then().statusCode(200);
        given().header("Authorization", admin)
                .delete("/table/guarded")
                .then()
                .statusCode(200)
                .body("record_count", equalTo(1));
    }
}
