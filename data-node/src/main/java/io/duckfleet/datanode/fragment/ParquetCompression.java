package io.duckfleet.datanode.fragment;

import java.util.Locale;

/// How the pages of a fragment's Parquet file are compressed. Uncompressed is fastest on a fast network, zstd
/// on a slow one; the caller asks for it with `Accept: application/vnd.apache.parquet;compression=zstd`.
enum ParquetCompression {
    UNCOMPRESSED,
    ZSTD;

    String duckDbName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The choice of an Accept header.
    static ParquetCompression of(String accept) {
        return accept.toLowerCase(Locale.ROOT).contains("compression=zstd") ? ZSTD : UNCOMPRESSED;
    }
}
