package io.duckfleet.datanode.load;

/// What a file's content is.
enum FileFormat {
    CSV("csv"),
    JSON("json"),
    PARQUET("parquet");

    private final String extension;

    FileFormat(String extension) {
        this.extension = extension;
    }

    /// What names of such files end with, also the part of DuckDB's `read_..`.
    String extension() {
        return extension;
    }
}
