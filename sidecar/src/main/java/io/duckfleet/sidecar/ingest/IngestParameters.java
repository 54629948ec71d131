package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.Inference;
import io.duckfleet.sidecar.schema.OnConflict;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// The parameters that every form of ingest takes.
public record IngestParameters(
        @Parameter(description = "the table, where the body doesn't name it; \"records\" without")
        @QueryParam("table_name")
        @Nullable
        String tableName,

        @Parameter(hidden = true) @QueryParam("table") @Nullable
        String table,

        @Parameter(description = "the day of all records, where the body doesn't name it: YYYY-MM-DD")
        @QueryParam("partition_date")
        @Nullable
        String partitionDate,

        @Parameter(description = "the field that each record's day is taken from") @QueryParam("partition_by") @Nullable
        String partitionBy,

        @Parameter(
                description =
                        "abort: all or nothing (default for an envelope); reject: what is good goes in (default for JSON lines and files)")
        @QueryParam("on_error")
        @Nullable
        String onError,

        @Parameter(
                description =
                        "what becomes of values that an existing column can't hold. cast: the record is rejected (default); promote: the column is widened to hold both")
        @QueryParam("on_conflict")
        @Nullable
        String onConflict,

        @Parameter(description = "whether texts that are all ISO dates or date-times become DATE and TIMESTAMP")
        @QueryParam("infer_dates")
        @Nullable
        String inferDates,

        @Parameter(description = "the same key for the same table commits once; at most 128 characters")
        @HeaderParam("Idempotency-Key")
        @Nullable
        String key) {

    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_FIELD_LENGTH = 128;

    /// @throws FleetException `invalid_request` for what can't be
    IngestOptions options(OnError fallback) {
        return new IngestOptions(
                OnError.parse(onError, fallback),
                new Inference(flag("infer_dates", inferDates), OnConflict.parse(onConflict)),
                field(),
                checkedKey());
    }

    /// Where the records go, as far as parameters say.
    Destination destination() {
        return destination(null, null);
    }

    /// Where the records go; what parts of a form name goes before parameters.
    Destination destination(@Nullable String formTable, @Nullable String formDate) {
        TableChoice.requireNoOtherName(table);
        return Destination.of(firstOf(formTable, tableName), firstOf(formDate, partitionDate));
    }

    private static @Nullable String firstOf(@Nullable String form, @Nullable String parameter) {
        return form == null || form.isEmpty() ? parameter : form;
    }

    private Optional<String> field() {
        Optional<String> field = Optional.ofNullable(partitionBy).filter(text -> !text.isEmpty());
        if (field.isPresent() && field.get().length() > MAX_FIELD_LENGTH) {
            throw FleetException.invalid(
                    "partition_by", "a field's name of at most %d characters was expected".formatted(MAX_FIELD_LENGTH));
        }
        return field;
    }

    private static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> true;
            case "", "true" -> true;
            case "false" -> false;
            default -> throw FleetException.invalid(name, "true or false was expected, not \"%s\"".formatted(text));
        };
    }

    private Optional<String> checkedKey() {
        if (key == null) {
            return Optional.empty();
        }
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw FleetException.invalid(
                    "Idempotency-Key", "1 to %d characters were expected".formatted(MAX_KEY_LENGTH));
        }
        return Optional.of(key);
    }
}
