package io.duckfleet.sidecar.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BIGINT",
                "TIMESTAMP WITH TIME ZONE",
                "JSON[]",
                "VARCHAR[][]",
                "STRUCT(a BIGINT, \"b c\" VARCHAR[], \"q\"\"x, y)\" STRUCT(z JSON)[])",
                "STRUCT(\"select\" DATE)[]"
            })
    void readsTypesAsDuckDbPrintsThem(String printed) {
        ColumnType type = ColumnTypes.parse(printed);

        assertThat(type).isNotInstanceOf(Foreign.class);
        assertThat(asDuckDbPrints(type.sql())).isEqualTo(asDuckDbPrints(printed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECIMAL(18,3)",
                "MAP(VARCHAR, BIGINT)",
                "INTEGER",
                "BIGINT[3]",
                "ENUM('a,b', 'c)')",
                "UNION(a INTEGER, b VARCHAR)"
            })
    void leavesTypesOfOthersAsTheyAre(String printed) {
        assertThat(ColumnTypes.parse(printed)).isEqualTo(new Foreign(printed));
    }

    private static String asDuckDbPrints(String type) {
        try (DuckDb duckDb = DuckDb.inMemory(DuckDbSettings.in(Path.of(System.getProperty("java.io.tmpdir"))))) {
            return duckDb.withSession(session -> session.queryText("SELECT typeof(CAST(NULL AS %s))".formatted(type)));
        }
    }
}
