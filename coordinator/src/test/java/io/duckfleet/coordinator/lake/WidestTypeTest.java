package io.duckfleet.coordinator.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidestTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BIGINT                              | BIGINT
            INTEGER; BIGINT                     | BIGINT
            TINYINT; HUGEINT; SMALLINT          | HUGEINT
            UTINYINT; UBIGINT                   | UBIGINT
            UBIGINT; BIGINT                     | HUGEINT
            BIGINT; DOUBLE                      | DOUBLE
            FLOAT; DOUBLE                       | DOUBLE
            DECIMAL(5,2); DECIMAL(6,1)          | DECIMAL(7,2)
            DECIMAL(5,2); INTEGER               | DECIMAL(12,2)
            DECIMAL(5,2); HUGEINT               | DOUBLE
            DECIMAL(5,2); DOUBLE                | DOUBLE
            DATE; TIMESTAMP                     | TIMESTAMP
            DATE; TIMESTAMP WITH TIME ZONE      | TIMESTAMP WITH TIME ZONE
            DATE; INTEGER                       | VARCHAR
            BOOLEAN; INTEGER                    | VARCHAR
            VARCHAR; BIGINT                     | VARCHAR
            STRUCT(a INTEGER); VARCHAR          | JSON
            STRUCT(a INTEGER); STRUCT(a BIGINT) | JSON
            VARCHAR[]; INTEGER[]                | JSON
            JSON; BIGINT                        | JSON
            """)
    void holdsTheValuesOfAll(String types, String widest) {
        List<String> all = List.of(types.split("; "));

        assertThat(WidestType.of(all)).isEqualTo(widest);
        assertThat(WidestType.of(all.reversed())).isEqualTo(widest);
    }
}
