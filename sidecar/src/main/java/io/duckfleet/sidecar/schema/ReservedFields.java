package io.duckfleet.sidecar.schema;

import org.jspecify.annotations.Nullable;

/// The columns that every table has. A record may carry them itself, in the form that is expected of them.
public final class ReservedFields {

    public static final String PARTITION_DATE = "partition_date";
    public static final String INGESTED_AT = "ingested_at";
    public static final String RECORD_ID = "record_id";

    private ReservedFields() {}

    /// Whether a column of that name, whatever its case, is one of those that every table has.
    public static boolean contains(String name) {
        return PARTITION_DATE.equalsIgnoreCase(name)
                || INGESTED_AT.equalsIgnoreCase(name)
                || RECORD_ID.equalsIgnoreCase(name);
    }

    /// Asked of each field of each record: most names have another length.
    private static boolean mayBe(String name) {
        int length = name.length();
        return length == PARTITION_DATE.length() || length == INGESTED_AT.length() || length == RECORD_ID.length();
    }

    /// @throws RecordProblem if `name` is a reserved field, and a value of this kind is none of its values
    static void check(String name, @Nullable ValueKind kind) {
        if (kind == null || !mayBe(name)) {
            return;
        }
        if (PARTITION_DATE.equalsIgnoreCase(name) && kind != ValueKind.DATE_TEXT) {
            throw new RecordProblem(name, "a date such as \"2025-12-31\" was expected");
        }
        if (INGESTED_AT.equalsIgnoreCase(name)
                && kind != ValueKind.TIMESTAMP_TEXT
                && kind != ValueKind.TIMESTAMPTZ_TEXT) {
            throw new RecordProblem(name, "a timestamp such as \"2025-12-31T23:59:59Z\" was expected");
        }
        if (RECORD_ID.equalsIgnoreCase(name) && !Kinds.of(kind).within(Kinds.SCALARS)) {
            throw new RecordProblem(name, "a text or a number was expected");
        }
    }
}
