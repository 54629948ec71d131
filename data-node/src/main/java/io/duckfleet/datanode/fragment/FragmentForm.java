package io.duckfleet.datanode.fragment;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import java.util.Locale;

/// The form of a fragment's answer.
sealed interface FragmentForm {

    ResultFormat format();

    /// A Parquet file, for a coordinator that goes on with the rows.
    record Parquet(ParquetCompression compression) implements FragmentForm {
        @Override
        public ResultFormat format() {
            return ResultFormat.PARQUET;
        }
    }

    /// The rows as a JSON document, for one that hands them on.
    record Json(JsonNumbers numbers) implements FragmentForm {
        @Override
        public ResultFormat format() {
            return ResultFormat.JSON;
        }
    }

    /// The choice of an Accept header; Parquet where both would do.
    ///
    /// @throws FleetException `not_acceptable` if neither would
    static FragmentForm of(String header) {
        String accept = header.toLowerCase(Locale.ROOT);
        if (accept.contains(ResultFormat.PARQUET.mediaType()) || accept.contains("*/*")) {
            return new Parquet(ParquetCompression.of(accept));
        }
        if (accept.contains(ResultFormat.JSON.mediaType())) {
            return new Json(accept.contains("numbers=safe") ? JsonNumbers.SAFE : JsonNumbers.PLAIN);
        }
        throw new FleetException(
                ErrorCode.NOT_ACCEPTABLE,
                "fragments are answered as %s or %s; accept one of them"
                        .formatted(ResultFormat.PARQUET.mediaType(), ResultFormat.JSON.mediaType()));
    }
}
