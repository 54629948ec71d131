package io.duckfleet.sidecar.schema;

/// Why one record can't be taken, whatever the table is. Thrown within the scan only, and so without a
/// stack trace.
final class RecordProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    /// `field` is the path of the field at fault, empty when it is the record itself.
    RecordProblem(String field, String reason) {
        super(reason, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
