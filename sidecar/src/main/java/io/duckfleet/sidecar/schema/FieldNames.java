package io.duckfleet.sidecar.schema;

/// What a field may be called: anything that isn't empty, of at most 128 characters, that Postgres can hold
/// as text (no NUL, no half surrogate).
final class FieldNames {

    private static final int MAX_LENGTH = 128;
    private static final int SHOWN_LENGTH = 32;

    private FieldNames() {}

    /// @throws RecordProblem if `name` is no field's name
    static void check(String name) {
        if (name.isEmpty()) {
            throw new RecordProblem(name, "a field's name is empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new RecordProblem(
                    name.substring(0, SHOWN_LENGTH) + "…",
                    "the field's name has %d characters; at most %d were expected"
                            .formatted(name.length(), MAX_LENGTH));
        }
        if (name.indexOf('\0') >= 0 || Texts.hasLoneSurrogate(name)) {
            throw new RecordProblem("", "a field's name has a NUL character or half a surrogate pair");
        }
    }
}
