package io.duckfleet.datanode.load;

import org.jspecify.annotations.Nullable;

/// Why an object can't be loaded: one sentence for the person who started the node, without a secret.
public final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LoadException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    LoadException(String reason) {
        this(reason, null);
    }

    /// There is nothing in what lies at `address`.
    static LoadException empty(String address) {
        return new LoadException("%s is empty; a CSV, JSON or Parquet file was expected".formatted(address));
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
