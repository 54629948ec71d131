package io.duckfleet.coordinator.trino;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrinoTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | BIGINT",
                "varchar(12) | VARCHAR",
                "decimal(9,2) | DECIMAL(9, 2)",
                "decimal(38, 0) | DECIMAL(38, 0)",
                "timestamp(6) | TIMESTAMP",
                "timestamp(6) with time zone | TIMESTAMPTZ",
                "timestamp with time zone(6) | TIMESTAMPTZ",
                "time(3) with time zone | VARCHAR",
                "interval day to second | VARCHAR",
                "double | DOUBLE",
                "varbinary | BLOB",
                "array(array(varbinary)) | VARCHAR[][]",
                "map(bigint,array(double)) | MAP(VARCHAR, DOUBLE[])",
                "row(\"a b\" bigint, \"c,(\"\"d\" row(x timestamp(3) with time zone)) | STRUCT(\"a b\" BIGINT, \"c,(\"\"d\" STRUCT(\"x\" TIMESTAMPTZ))",
                "row(a b bigint, c d row(e decimal(3,1)), f timestamp with time zone, g h interval day to second) | STRUCT(\"a b\" BIGINT, \"c d\" STRUCT(\"e\" DECIMAL(3, 1)), \"f\" TIMESTAMPTZ, \"g h\" VARCHAR)",
                "row(bigint, timestamp(3) with time zone) | STRUCT(\"field0\" BIGINT, \"field1\" TIMESTAMPTZ)",
                "HyperLogLog | VARCHAR"
            })
    void hasATypeInDuckDb(String trino, String duckDb) {
        assertThat(TrinoType.of(trino).inDuckDb()).isEqualTo(duckDb);
    }
}
