package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns CSV and Parquet into JSON lines by a DuckDB of its own, which is open only meanwhile and sees no
/// other file: from then on they are records like any other.
public final class FileConversion {

    /// Whether all texts of a column are numbers that lose nothing as such: no leading zero, no plus sign.
    private static final String INTEGER = "^-?(0|[1-9][0-9]{0,17})$";

    private static final String NUMBER = "^-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,14})?([eE][-+]?[0-9]{1,2})?$";

    private final Spool spool;
    private final DuckDbSettings settings;

    public FileConversion(Spool spool, DuckDbSettings settings) {
        this.spool = spool;
        this.settings = settings;
    }

    /// Gives the rows of a Parquet file to `reader`.
    <T> T ofParquet(Path path, Function<RecordLines, T> reader) {
        return converted("Parquet file", reader, path, session -> {
            String source = "read_parquet(%s)".formatted(Identifiers.literal(path.toString()));
            return "SELECT %s FROM %s".formatted(parquetColumns(session, source), source);
        });
    }

    /// Gives the rows of a CSV file with a header row to `reader`: columns of which all values are numbers,
    /// or true and false, are such; everything else is text, and what is empty is null.
    <T> T ofCsv(Path path, String compression, Function<RecordLines, T> reader) {
        return converted("CSV file", reader, path, session -> {
            String source = "read_csv(%s, all_varchar = true, header = true, compression = %s, sample_size = -1)"
                    .formatted(Identifiers.literal(path.toString()), Identifiers.literal(compression));
            session.execute("CREATE TEMP TABLE rows AS FROM " + source);
            return "SELECT %s FROM temp.main.rows".formatted(csvColumns(session));
        });
    }

    @FunctionalInterface
    private interface Query {
        String in(Session session);
    }

    private <T> T converted(String what, Function<RecordLines, T> reader, Path path, Query query) {
        return spool.withFile(".jsonl", lines -> {
            write(what, path, lines, query);
            try (InputStream content = Files.newInputStream(lines)) {
                return reader.apply(new RecordLines(content, false));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void write(String what, Path path, Path lines, Query query) {
        try (DuckDb database = DuckDb.inMemory(settings);
                Session session = database.open()) {
            session.execute("COPY (%s) TO %s (FORMAT json)"
                    .formatted(query.in(session), Identifiers.literal(lines.toString())));
        } catch (FleetException e) {
            String reason = e.detail().replace(path.toString(), "the file").replace(lines.toString(), "the file");
            throw IngestFiles.unreadable(what, reason.lines().findFirst().orElse(""));
        }
    }

    private static String parquetColumns(Session session, String source) {
        return session.query("DESCRIBE FROM " + source, rows -> {
            List<String> columns = new ArrayList<>();
            while (rows.next()) {
                String name = Identifiers.quote(rows.getString(1));
                columns.add(
                        switch (rows.getString(2)) {
                            case "BLOB" -> "to_base64(%1$s) AS %1$s".formatted(name);
                            default -> name;
                        });
            }
            return String.join(", ", columns);
        });
    }

    private static String csvColumns(Session session) {
        List<String> names = session.queryTexts("SELECT column_name FROM (DESCRIBE temp.main.rows)");
        String checks = names.stream().map(FileConversion::checks).collect(Collectors.joining(", "));
        return session.query("SELECT %s FROM temp.main.rows".formatted(checks), rows -> {
            rows.next();
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                columns.add(column(names.get(i), (Object[]) rows.getArray(i + 1).getArray()));
            }
            return String.join(", ", columns);
        });
    }

    private static String checks(String name) {
        return """
               [coalesce(bool_and(regexp_matches(%1$s, '%2$s')), false), coalesce(bool_and(regexp_matches(%1$s, '%3$s')), false),
                coalesce(bool_and(%1$s IN ('true', 'false')), false)]
               """.formatted(Identifiers.quote(name), INTEGER, NUMBER);
    }

    private static String column(String name, Object[] fits) {
        String quoted = Identifiers.quote(name);
        String type = Boolean.TRUE.equals(fits[0])
                ? "BIGINT"
                : Boolean.TRUE.equals(fits[1]) ? "DOUBLE" : Boolean.TRUE.equals(fits[2]) ? "BOOLEAN" : "VARCHAR";
        return "CAST(%1$s AS %2$s) AS %1$s".formatted(quoted, type);
    }
}
