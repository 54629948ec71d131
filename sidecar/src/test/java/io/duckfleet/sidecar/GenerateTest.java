package io.duckfleet.sidecar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `POST /generate`, which the tests' configuration enables.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class GenerateTest extends LakeLook {

    @ParameterizedTest
    @CsvSource({"user,users", "transaction,transactions", "event,events", "product,products", "sensor,sensors"})
    void putsRecordsOfEachKindIntoATableOfItsName(String type, String table) {
        generate("{\"type\": \"%s\", \"count\": 1500}".formatted(type))
                .statusCode(200)
                .body("table_name", equalTo(table))
                .body("record_count", equalTo(1500));

        assertThat(rows("SELECT count(DISTINCT record_id) FROM lake.data." + table))
                .containsExactly("1500");
    }

    @Test
    void isRepeatableAndTakesATable() {
        String body = "{\"type\": \"product\", \"count\": 10, \"table_name\": \"shop\", \"seed\": 3}";
        generate(body).statusCode(200).body("table_name", equalTo("shop"));
        generate(body).statusCode(200);

        assertThat(rows("SELECT count(DISTINCT id) FROM lake.data.shop")).containsExactly("10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "log"}                            | one of user, transaction, event, product, sensor
            {"count": 0}                               | 1 to 1000000 records
            {"count": 1000001}                         | 1 to 1000000 records
            {"count": "many"}                          | an integer was expected
            {"table_name": "no table"}                 | table_name
            """)
    void refusesWhatItCannotMake(String body, String why) {
        generate(body).statusCode(422).body("detail", containsString(why));
    }

    private static ValidatableResponse generate(String body) {
        return given().contentType("application/json")
                .body(body)
                .when()
                .post("/generate")
                .then();
    }
}
