package io.duckfleet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables that another program made, with types that the sidecar never makes: they grow like others, and only
/// nulls go into those columns.
@QuarkusTest
@QuarkusTestResource(LakeBackends.class)
class ForeignTypesTest extends LakeLook {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UBIGINT",
                "UTINYINT",
                "HUGEINT",
                "DECIMAL(18,2)",
                "FLOAT",
                "INTEGER",
                "BLOB",
                "UUID",
                "MAP(VARCHAR, BIGINT)",
                "VARIANT"
            })
    void growsATableWithAForeignColumnAndRejectsValuesForIt(String type) {
        String table = "foreign_" + type.replaceAll("[^A-Za-z0-9]", "_");
        lake.write("CREATE TABLE lake.data.%s (odd %s, n BIGINT)".formatted(table, type));

        ingest("{\"table_name\":\"%s\",\"records\":[{\"n\":1,\"more\":\"x\"},{\"odd\":null,\"n\":2}]}".formatted(table))
                .statusCode(200);
        ingest(
                        "?on_error=reject",
                        "{\"table_name\":\"%s\",\"records\":[{\"n\":3},{\"n\":4,\"odd\":5}]}".formatted(table))
                .statusCode(200)
                .body("rejected.index", contains(1))
                .body("rejected.field", contains("odd"))
                .body("rejected[0].reason", containsString(type.replaceAll("\\(.*", "")));

        assertThat(rows("SELECT n || coalesce(more, '') FROM lake.data.%s ORDER BY n".formatted(table)))
                .containsExactly("1x", "2", "3");
        assertThat(typeOf(table, "odd")).isEqualToIgnoringWhitespace(type);
    }
}
