package io.duckfleet.sidecar.schema;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.ColumnType.Field;
import io.duckfleet.sidecar.schema.ColumnType.Foreign;
import io.duckfleet.sidecar.schema.ColumnType.ListOf;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The columns of a table that some batches fill: what DuckDB's JSON reader is told to read.
public final class StagedColumns {

    private final Struct columns;

    private StagedColumns(Struct columns) {
        this.columns = columns;
    }

    /// The columns of `table` that records of these shapes have fields for, in the table's order; always
    /// with the reserved ones. What no value can be put into is left out.
    public static StagedColumns of(TableSchema table, Collection<ObjectShape> shapes) {
        List<Field> fields = new ArrayList<>();
        for (TableSchema.Column column : table.columns()) {
            boolean seen = shapes.stream()
                    .anyMatch(shape -> shape.field(column.name())
                            .filter(field -> field.shape().values() > 0)
                            .isPresent());
            if (seen || ReservedFields.contains(column.name())) {
                fields.add(new Field(column.name(), column.type()));
            }
        }
        return new StagedColumns(new Struct(fields));
    }

    /// The names of the columns that come from the records, without the reserved ones.
    public List<String> names() {
        return columns.fields().stream()
                .map(Field::name)
                .filter(name -> !ReservedFields.contains(name))
                .toList();
    }

    /// The column of that name, whatever its case.
    public Optional<Scalar> scalar(String name) {
        return columns.field(name)
                .map(Field::type)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast);
    }

    /// The structure of an array of records, as `from_json` wants it.
    public String jsonStructure() {
        return "[" + structure(columns) + "]";
    }

    /// How many values records of these shapes put into each column: after staging, as many must be there.
    public Map<String, Long> expectedValues(Collection<ObjectShape> shapes) {
        Map<String, Long> expected = new LinkedHashMap<>();
        for (String name : names()) {
            expected.put(
                    name,
                    shapes.stream()
                            .flatMap(shape -> shape.field(name).stream())
                            .mapToLong(field -> field.shape().values())
                            .sum());
        }
        return expected;
    }

    /// The records of `chunk` as JSON arrays of about `pieceBytes` each, in the form that DuckDB reads
    /// without loss.
    public Iterator<JsonPiece> pieces(Chunk chunk, int pieceBytes) {
        Optional<Rewriting> rewriting =
                Rewriting.isNeeded(columns, chunk.shape()) ? Optional.of(new Rewriting(columns)) : Optional.empty();
        return new JsonPieces(chunk.source().load(), pieceBytes, rewriting);
    }

    private static String structure(ColumnType type) {
        return switch (type) {
            case Scalar scalar -> quoted(scalar == Scalar.TIMESTAMPTZ ? "TIMESTAMPTZ" : scalar.sql());
            case ListOf list -> "[" + structure(list.element()) + "]";
            case Struct struct ->
                struct.fields().stream()
                        .map(field -> quoted(field.name()) + ":" + structure(field.type()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Foreign foreign -> quoted(foreign.sql());
        };
    }

    private static String quoted(String text) {
        return JsonText.quote(text);
    }

    /// The names with quotes, for SQL.
    public String quotedNames() {
        return Identifiers.quoteAll(names());
    }
}
