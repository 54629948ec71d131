package io.duckfleet.datanode.load;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/// The plain way into a table: the objects become files on disk, and DuckDB's own reader reads them, looking
/// at all rows before it decides on types. Closing removes the files.
final class WholeFiles implements AutoCloseable {

    private final LoadRequest request;
    private final LoadPlan plan;
    private final FileFormat format;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    WholeFiles(LoadRequest request, LoadPlan plan, FileFormat format, Path folder) {
        this.request = request;
        this.plan = plan;
        this.format = format;
        this.folder = folder;
    }

    /// Writes the objects into files.
    void save(S3Client client, LoadMeter meter) throws IOException {
        Files.createDirectory(folder);
        for (ObjectVersion object : plan.objects().objects()) {
            try (RangedDownload download = RangedDownload.start(client, object, meter)) {
                save(download);
            }
        }
    }

    /// The extension tells DuckDB the compression, so it follows from the content, too.
    private void save(InputStream object) throws IOException {
        HeadedStream headed = HeadedStream.of(object, Compression.HEAD_BYTES);
        String name = "%06d.%s%s"
                .formatted(
                        files.size(),
                        format.extension(),
                        Compression.of(headed.head()).extension());
        Path file = folder.resolve(name);
        Files.copy(headed.whole(), file);
        files.add(file);
    }

    /// Makes the table of them.
    ///
    /// @throws LoadException if they can't be read, with the objects' names in place of the files'
    void read(Session session) {
        try {
            requireSameColumns(session);
            session.execute("CREATE TABLE %s AS SELECT %s FROM %s%s"
                    .formatted(request.tableName().quoted(), selection(), reader(), plan.where()));
        } catch (FleetException e) {
            throw LoadErrors.explain(request, withObjectNames(e));
        }
    }

    private String reader() {
        String list = files.stream()
                .map(file -> Identifiers.literal(file.toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        return "read_%s(%s%s%s%s)"
                .formatted(
                        format.extension(),
                        list,
                        request.options().all(),
                        unlessGiven(),
                        request.withFilename() ? ", filename = true" : "");
    }

    /// All rows are looked at, of all files.
    private String unlessGiven() {
        String sample = request.options().has(ReadOption.SAMPLE_SIZE) ? "" : ", sample_size = -1";
        String union =
                files.size() == 1 || request.options().has(ReadOption.UNION_BY_NAME) ? "" : ", union_by_name = true";
        return switch (format) {
            case CSV -> sample + union;
            case JSON -> sample + union + ", maximum_sample_files = " + files.size();
            case PARQUET -> "";
        };
    }

    /// The file's number stands in its name; the address takes its place.
    private String selection() {
        if (!request.withFilename()) {
            return "*";
        }
        String addresses = plan.objects().objects().stream()
                .map(object -> Identifiers.literal(object.location().toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        return "* REPLACE (list_extract(%s, 1 + regexp_extract(filename, '([0-9]{6})[.][a-z.]*$', 1)::INTEGER) AS %s)"
                .formatted(addresses, LoadRequest.FILENAME);
    }

    /// CSV files that don't have the same columns are a mistake more often than not.
    private void requireSameColumns(Session session) {
        if (format != FileFormat.CSV || files.size() == 1 || request.options().has(ReadOption.UNION_BY_NAME)) {
            return;
        }
        List<String> first = columns(session, files.getFirst());
        for (int i = 1; i < files.size(); i++) {
            SameColumns.require(
                    plan.objects().objects().getFirst(),
                    first,
                    plan.objects().objects().get(i),
                    columns(session, files.get(i)));
        }
    }

    private List<String> columns(Session session, Path file) {
        return session.queryTexts(
                "SELECT unnest(list_transform(Columns, lambda c: c.name)) FROM sniff_csv(?%s)"
                        .formatted(request.options().all()),
                file.toString());
    }

    private FleetException withObjectNames(FleetException error) {
        String detail = IntStream.range(0, files.size())
                .boxed()
                .reduce(
                        error.detail(),
                        (text, i) -> text.replace(
                                files.get(i).toString(),
                                plan.objects().objects().get(i).location().toString()),
                        (one, other) -> other);
        return new FleetException(error.code(), detail, error);
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
