package io.duckfleet.sidecar.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.TestEngine;
import io.duckfleet.sidecar.schema.SchemaEvolution.Conflict;
import io.duckfleet.sidecar.schema.SchemaEvolution.Evolved;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of types: what a new column becomes, and how an existing one takes new values.
class SchemaEvolutionTest {

    private static final TableName TABLE = new TableName("t");

    private static Records records(String array) {
        return TestEngine.records(array);
    }

    private static String values(String values) {
        return values.lines()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(value -> "{\"v\":" + value.strip() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String inferred(String values) {
        return column(evolve(new TableSchema(TABLE, List.of()), values, false), "v");
    }

    private static String grown(String type, String values) {
        return grown(type, values, false);
    }

    /// The type that a column of type `type` has after the values, or `conflict`.
    private static String grown(String type, String values, boolean onlyNulls) {
        return column(evolve(existing(type), values, onlyNulls), "v");
    }

    private static TableSchema existing(String type) {
        return new TableSchema(TABLE, List.of(new Column("v", ColumnTypes.parse(type))));
    }

    private static SchemaEvolution.Outcome evolve(TableSchema table, String values, boolean onlyNulls) {
        return new SchemaEvolution(new Facts(onlyNulls, true), new Inference(true))
                .evolve(table, records(values(values)).shape());
    }

    private static String column(SchemaEvolution.Outcome outcome, String name) {
        return switch (outcome) {
            case Evolved evolved ->
                evolved.schema().column(name).orElseThrow().type().sql();
            case Conflict conflict -> "conflict";
        };
    }

    private record Facts(boolean onlyNulls, boolean survives) implements ColumnFacts {
        @Override
        public boolean holdsOnlyNulls(Column column) {
            return onlyNulls;
        }

        @Override
        public boolean survives(Column column, ColumnType type) {
            return survives;
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1; 2; null | BIGINT",
                "9223372036854775807; -9223372036854775808 | BIGINT",
                "1; 2.5 | DOUBLE",
                "1; 2.0 | DOUBLE",
                "1e300; 0.1; 0.10000000000000001 | DOUBLE",
                "9007199254740993; 0.5 | VARCHAR",
                "9223372036854775808 | VARCHAR",
                "1e999 | VARCHAR",
                "1e-999 | VARCHAR",
                "0.1234567890123456789 | VARCHAR",
                "true; false | BOOLEAN",
                "true; 1 | VARCHAR",
                "1; \"a\" | VARCHAR",
                "\"007\" | VARCHAR",
                "\"42\" | VARCHAR",
                "null | VARCHAR",
                "\"2025-01-01\"; null | DATE",
                "\"2025-01-01\"; \"x\" | VARCHAR",
                "\"2025-01-01\"; \"2025-01-01T00:00:00\" | VARCHAR",
                "\"2025-01-01T00:00:00\" | TIMESTAMP",
                "\"2025-01-01T00:00:00Z\"; \"2025-01-01T00:00:00+02:00\" | TIMESTAMP WITH TIME ZONE",
                "\"2025-01-01T00:00:00Z\"; \"2025-01-01T00:00:00\" | VARCHAR",
                "{} | JSON",
                "[] | JSON[]",
                "[null] | JSON[]",
                "{\"a\":null} | JSON",
                "{\"a\":1}; {\"b\":[true]}; {} | STRUCT(\"a\" BIGINT, \"b\" BOOLEAN[])",
                "{\"a\":1}; {\"A\":1.5} | STRUCT(\"a\" DOUBLE)",
                "[1]; [2.5, null] | DOUBLE[]",
                "[1, \"a\"] | VARCHAR[]",
                "[1, {}] | JSON[]",
                "[[1],[]] | BIGINT[][]",
                "{\"a\":1}; [1] | JSON",
                "{\"a\":1}; 1 | JSON",
                "\"x\"; [1] | JSON",
                "{\"a\":1}; 0.1234567890123456789 | conflict"
            })
    void infersTheTypeThatHoldsAllValues(String values, String type) {
        assertThat(inferred(values)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "BIGINT | 5; null; 3.0; \"42\" | BIGINT",
                "BIGINT | 5; 2.5 | DOUBLE",
                "BIGINT | 9007199254740993; 2.5 | conflict",
                "BIGINT | \"007\" | conflict",
                "BIGINT | true | conflict",
                "BIGINT | 9223372036854775808 | conflict",
                "BIGINT | {} | conflict",
                "DOUBLE | 5; 2.5; \"5\" | DOUBLE",
                "DOUBLE | 9007199254740993 | conflict",
                "DOUBLE | 0.1234567890123456789 | conflict",
                "BOOLEAN | true | BOOLEAN",
                "BOOLEAN | \"true\" | conflict",
                "VARCHAR | 1; true; 0.1234567890123456789; \"x\" | VARCHAR",
                "VARCHAR | [1] | conflict",
                "DATE | \"2025-01-01\" | DATE",
                "DATE | \"x\" | VARCHAR",
                "DATE | 5 | conflict",
                "TIMESTAMP | \"2025-01-01\" | VARCHAR",
                "TIMESTAMP WITH TIME ZONE | \"2025-01-01T00:00:00Z\" | TIMESTAMP WITH TIME ZONE",
                "JSON | 1; \"x\"; {\"a\":[1]} | JSON",
                "JSON[] | [1, \"x\"]; [] | JSON[]",
                "STRUCT(a BIGINT) | {\"a\":1}; {} | STRUCT(\"a\" BIGINT)",
                "STRUCT(a BIGINT) | {\"A\":1.5,\"b\":{\"c\":\"x\"}} | STRUCT(\"a\" DOUBLE, \"b\" STRUCT(\"c\" VARCHAR))",
                "STRUCT(a BIGINT) | {\"a\":\"x\"} | conflict",
                "STRUCT(a BIGINT) | [1] | conflict",
                "STRUCT(x BIGINT)[] | [{\"x\":1.5,\"y\":true}] | STRUCT(\"x\" DOUBLE, \"y\" BOOLEAN)[]",
                "BIGINT[] | [\"x\"] | conflict",
                "INTEGER | null | INTEGER",
                "INTEGER | 1 | conflict"
            })
    void growsAColumnWithoutLossOrRefuses(String type, String values, String after) {
        assertThat(grown(type, values)).isEqualTo(after);
    }

    @Test
    void aColumnOfNullsTakesTheFirstType() {
        assertThat(grown("VARCHAR", "1", true)).isEqualTo("BIGINT");
        assertThat(grown("VARCHAR", "[1]", true)).isEqualTo("BIGINT[]");
        assertThat(grown("VARCHAR", "\"x\"", true)).isEqualTo("VARCHAR");
        assertThat(grown("VARCHAR", "null", true)).isEqualTo("VARCHAR");
    }

    @Test
    void integersBecomeDoubleOnlyIfThoseThatAreThereSurviveIt() {
        SchemaEvolution evolution = new SchemaEvolution(new Facts(false, false), new Inference(true));

        assertThat(evolution.evolve(existing("BIGINT"), records("[{\"v\":1.5}]").shape()))
                .isInstanceOf(Conflict.class);
        assertThat(evolution.evolve(existing("BIGINT"), records("[{\"v\":1}]").shape()))
                .isInstanceOf(Evolved.class);
    }

    @Test
    void aTableHasTheReservedColumnsOnce() {
        Evolved evolved = (Evolved) new SchemaEvolution(new Facts(false, true), new Inference(true))
                .evolve(
                        new TableSchema(TABLE, List.of()),
                        records("[{\"Record_ID\":5,\"a\":1}]").shape());

        assertThat(evolved.schema().columns())
                .extracting(Column::name)
                .containsExactly("a", "partition_date", "ingested_at", "record_id");
    }

    @Test
    void anObjectOfVeryManyNamesIsJson() {
        String wide = IntStream.range(0, 2_000)
                .mapToObj(i -> "\"k%d\":%d".formatted(i, i))
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(inferred(wide)).isEqualTo("JSON");
    }

    @Test
    void findsTheRecordsThatDontFit() {
        Records records =
                records("[{\"v\":1},{\"v\":\"x\"},{\"v\":9007199254740993},{\"v\":2},{\"v\":2.5},{\"v\":[]}]");
        SchemaEvolution evolution = new SchemaEvolution(new Facts(false, true), new Inference(true));

        List<RejectedRecord> rejected = new ConflictSearch(evolution, existing("BIGINT"), records, 100).find();

        assertThat(rejected).extracting(RejectedRecord::index).containsExactly(1, 4, 5);
        assertThat(evolution.evolve(
                        existing("BIGINT"), records.without(rejected).shape()))
                .isInstanceOf(Evolved.class);
        assertThat(new ConflictSearch(evolution, existing("BIGINT"), records.without(rejected.subList(0, 1)), 100)
                        .find())
                .extracting(RejectedRecord::index)
                .containsExactly(4, 5);
    }
}
