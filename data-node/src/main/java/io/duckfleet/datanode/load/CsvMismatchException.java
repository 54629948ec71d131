package io.duckfleet.datanode.load;

import org.jspecify.annotations.Nullable;

/// The file is not what its first part promised: a later value doesn't fit the type that was sniffed, or
/// records can't be told apart. Reading it as a whole may still work.
final class CsvMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CsvMismatchException(String message) {
        this(message, null);
    }

    CsvMismatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
