package io.duckfleet.datanode.load;

import com.github.luben.zstd.ZstdIOException;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/// Tells what went wrong with a load as one sentence.
final class LoadErrors {

    private LoadErrors() {}

    static RuntimeException explain(LoadRequest request, RuntimeException error) {
        return switch (error) {
            case LoadException explained -> explained;
            case ObjectChangedException changed -> changed;
            case EmptyFileException empty ->
                LoadException.empty(request.source().toString());
            case FleetException duckDb
            when duckDb.code() == ErrorCode.MEMORY_LIMIT ->
                new LoadException(
                        "%s doesn't fit into the memory that DuckDB may use: %s"
                                .formatted(request.source(), firstLine(duckDb)),
                        duckDb);
            case FleetException duckDb ->
                new LoadException(
                        "%s can't be read: %s".formatted(request.source(), CsvHints.sentence(duckDb)), duckDb);
            default -> new LoadException("%s can't be loaded: %s".formatted(request.source(), error), error);
        };
    }

    static LoadException explain(LoadRequest request, IOException error) {
        return switch (error) {
            case EOFException broken -> broken(request, broken);
            case ZipException broken -> broken(request, broken);
            case ZstdIOException broken -> broken(request, broken);
            default -> new LoadException("%s can't be loaded: %s".formatted(request.source(), error), error);
        };
    }

    private static LoadException broken(LoadRequest request, IOException error) {
        return new LoadException("%s is broken: %s".formatted(request.source(), error.getMessage()), error);
    }

    static String firstLine(RuntimeException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
