package io.duckfleet.cli.query;

/// The form of a query's answer. All but `table` are passed on as the coordinator sends them.
enum OutputFormat {
    TABLE("application/json"),
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv"),
    ARROW("application/vnd.apache.arrow.stream"),
    PARQUET("application/vnd.apache.parquet");

    private final String mediaType;

    OutputFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /// What is asked of the coordinator.
    String mediaType() {
        return mediaType;
    }

    /// Whether a terminal would be spoilt by it.
    boolean isBinary() {
        return switch (this) {
            case ARROW, PARQUET -> true;
            case TABLE, JSON, NDJSON, CSV -> false;
        };
    }
}
