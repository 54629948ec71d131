package io.duckfleet.coordinator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.plan.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types are named by DuckDB itself, and expressions are run by it.
class FieldTest {

    private static final String ODD = """
            {'plain': 1, 'a b': {'deep "er"': 'found', 'list': [1]}, 'choice': 'x, y)'::ENUM('x, y)', 'it''s'), 'money': 1.5::DECIMAL(9,2)}""";

    @TempDir
    Path folder;

    @Test
    void takesAStructApart() {
        assertThat(StructType.members(typeOf(ODD)))
                .extracting(Column::name)
                .containsExactly("plain", "a b", "choice", "money");
        assertThat(StructType.members(typeOf(ODD)))
                .extracting(Column::type)
                .containsExactly(
                        "INTEGER",
                        "STRUCT(\"deep \"\"er\"\"\" VARCHAR, list INTEGER[])",
                        "ENUM('x, y)', 'it''s')",
                        "DECIMAL(9,2)");
        assertThat(StructType.members("STRUCT(a INTEGER)[]")).isEmpty();
        assertThat(StructType.members("VARCHAR")).isEmpty();
    }

    @Test
    void findsAFieldByItsPath() {
        List<Column> columns = List.of(new Column("odd", typeOf(ODD)), new Column("a.b", "VARCHAR"));

        Field deep = Field.named(columns, "ODD.a b.deep \"er\"", "column");

        assertThat(deep.type()).isEqualTo("VARCHAR");
        assertThat(value("SELECT %s FROM (SELECT %s AS odd)".formatted(deep.expression(), ODD)))
                .isEqualTo("found");
        assertThat(Field.find(columns, "a.b")).map(Field::type).isEqualTo(Optional.of("VARCHAR"));
        assertThat(Field.find(columns, "odd.nothing")).isEmpty();
        assertThatThrownBy(() -> Field.named(columns, "odda", "column"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("did you mean \"odd\"");
    }

    @Test
    void hasTheFieldsThatHoldValues() {
        assertThat(Field.of(new Column("odd", typeOf(ODD))).leaves().map(Field::type))
                .containsExactly("INTEGER", "VARCHAR", "INTEGER[]", "ENUM('x, y)', 'it''s')", "DECIMAL(9,2)");
    }

    private String typeOf(String value) {
        return value("SELECT typeof(%s)".formatted(value));
    }

    private String value(String sql) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(folder))) {
            return database.withSession(session -> session.queryText(sql));
        }
    }
}
