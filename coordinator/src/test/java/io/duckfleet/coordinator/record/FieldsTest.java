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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types are named by DuckDB itself, and expressions are run by it.
class FieldsTest {

    private static final String ODD = """
            {'plain': 1, 'a b': {'deep "er"': 'found', 'list': [1]}, 'choice': 'x, y)'::ENUM('x, y)', 'it''s'), 'money': 1.5::DECIMAL(9,2)}""";

    @TempDir
    Path folder;

    private DuckDb database;
    private Fields fields;

    @BeforeEach
    void open() {
        database = DuckDb.inMemory(DuckDbSettings.in(folder));
        fields = new Fields(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesAStructApart() {
        assertThat(fields.members(typeOf(ODD)))
                .containsExactly(
                        new Column("plain", "INTEGER"),
                        new Column("a b", "STRUCT(\"deep \"\"er\"\"\" VARCHAR, list INTEGER[])"),
                        new Column("choice", "ENUM('x, y)', 'it''s')"),
                        new Column("money", "DECIMAL(9,2)"));
        assertThat(fields.members("STRUCT(a INTEGER)[]")).isEmpty();
        assertThat(fields.members("VARCHAR")).isEmpty();
    }

    @Test
    void findsAFieldByItsPath() {
        List<Column> columns = List.of(new Column("odd", typeOf(ODD)), new Column("a.b", "VARCHAR"));

        Field deep = fields.named(columns, "ODD.a b.deep \"er\"", "column");

        assertThat(deep.type()).isEqualTo("VARCHAR");
        assertThat(value("SELECT %s FROM (SELECT %s AS odd)".formatted(deep.expression(), ODD)))
                .isEqualTo("found");
        assertThat(fields.find(columns, "a.b")).map(Field::type).isEqualTo(Optional.of("VARCHAR"));
        assertThat(fields.find(columns, "odd.nothing")).isEmpty();
        assertThatThrownBy(() -> fields.named(columns, "odda", "column"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("did you mean \"odd\"");
    }

    @Test
    void hasTheFieldsThatHoldValues() {
        assertThat(fields.leaves(Field.of(new Column("odd", typeOf(ODD)))).map(Field::type))
                .containsExactly("INTEGER", "VARCHAR", "INTEGER[]", "ENUM('x, y)', 'it''s')", "DECIMAL(9,2)");
    }

    private String typeOf(String value) {
        return value("SELECT typeof(%s)".formatted(value));
    }

    private String value(String sql) {
        return database.withSession(session -> session.queryText(sql));
    }
}
