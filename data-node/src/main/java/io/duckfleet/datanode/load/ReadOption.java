package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What may be said about how a file is to be read: DuckDB's parameters of that name, but for those that
/// reach beyond the file.
@SuppressWarnings("ImmutableEnumChecker") // its set and list are unmodifiable
enum ReadOption {
    DELIM(Kind.CHARACTER, Role.DIALECT, FileFormat.CSV, "delimiter", "sep"),
    QUOTE(Kind.CHARACTER, Role.DIALECT, FileFormat.CSV),
    ESCAPE(Kind.CHARACTER, Role.DIALECT, FileFormat.CSV),
    COMMENT(Kind.CHARACTER, Role.DIALECT, FileFormat.CSV),
    HEADER(Kind.BOOLEAN, Role.DIALECT, FileFormat.CSV),
    SKIP(Kind.NUMBER, Role.DIALECT, FileFormat.CSV),
    NAMES(Kind.LIST, Role.DIALECT, FileFormat.CSV, "column_names"),
    TYPES(Kind.TYPES, Role.DIALECT, FileFormat.CSV, "dtypes", "column_types"),
    ALL_VARCHAR(Kind.BOOLEAN, Role.DIALECT, FileFormat.CSV),
    NORMALIZE_NAMES(Kind.BOOLEAN, Role.DIALECT, FileFormat.CSV),
    SAMPLE_SIZE(Kind.NUMBER, Role.DIALECT, FileFormat.CSV),
    DATEFORMAT(Kind.TEXT, Role.DIALECT, FileFormat.CSV, FileFormat.JSON, "date_format"),
    TIMESTAMPFORMAT(Kind.TEXT, Role.DIALECT, FileFormat.CSV, FileFormat.JSON, "timestamp_format"),
    NULLSTR(Kind.LIST, Role.VALUES, FileFormat.CSV, "nulls", "null"),
    DECIMAL_SEPARATOR(Kind.CHARACTER, Role.VALUES, FileFormat.CSV),
    THOUSANDS(Kind.CHARACTER, Role.VALUES, FileFormat.CSV),
    ALLOW_QUOTED_NULLS(Kind.BOOLEAN, Role.VALUES, FileFormat.CSV),
    FORCE_NOT_NULL(Kind.LIST, Role.VALUES, FileFormat.CSV),
    NULL_PADDING(Kind.BOOLEAN, Role.VALUES, FileFormat.CSV),
    MAX_LINE_SIZE(Kind.NUMBER, Role.VALUES, FileFormat.CSV),
    IGNORE_ERRORS(Kind.BOOLEAN, Role.VALUES, FileFormat.CSV, FileFormat.JSON),
    STRICT_MODE(Kind.BOOLEAN, Role.WHOLE, FileFormat.CSV),
    ENCODING(Kind.TEXT, Role.WHOLE, FileFormat.CSV),
    UNION_BY_NAME(Kind.BOOLEAN, Role.WHOLE, FileFormat.CSV, FileFormat.JSON, FileFormat.PARQUET),
    RECORDS(Kind.TEXT, Role.WHOLE, FileFormat.JSON),
    MAXIMUM_DEPTH(Kind.NUMBER, Role.WHOLE, FileFormat.JSON),
    MAXIMUM_OBJECT_SIZE(Kind.NUMBER, Role.WHOLE, FileFormat.JSON),
    BINARY_AS_STRING(Kind.BOOLEAN, Role.WHOLE, FileFormat.PARQUET);

    /// What a value looks like.
    enum Kind {
        CHARACTER,
        BOOLEAN,
        NUMBER,
        TEXT,
        LIST,
        TYPES
    }

    /// Where a parameter matters: in the dialect that the sniffer finds, in how values are read by it, or
    /// only when a file is read as a whole.
    enum Role {
        DIALECT,
        VALUES,
        WHOLE
    }

    private final Kind kind;
    private final Role role;
    private final Set<FileFormat> formats;
    private final List<String> aliases;

    ReadOption(Kind kind, Role role, FileFormat format, String... aliases) {
        this(kind, role, EnumSet.of(format), aliases);
    }

    ReadOption(Kind kind, Role role, FileFormat one, FileFormat other, String... aliases) {
        this(kind, role, EnumSet.of(one, other), aliases);
    }

    ReadOption(Kind kind, Role role, FileFormat one, FileFormat other, FileFormat third) {
        this(kind, role, EnumSet.of(one, other, third));
    }

    ReadOption(Kind kind, Role role, Set<FileFormat> formats, String... aliases) {
        this.kind = kind;
        this.role = role;
        this.formats = Set.copyOf(formats);
        this.aliases = List.of(aliases);
    }

    /// The option of this name.
    ///
    /// @throws FleetException `invalid_request` if there is none
    static ReadOption of(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(option -> option.parameter().equals(lower) || option.aliases.contains(lower))
                .findFirst()
                .orElseThrow(() -> unknown(lower));
    }

    private static FleetException unknown(String name) {
        List<String> known = Arrays.stream(values()).map(ReadOption::parameter).toList();
        String hint = Suggestions.near(name, known).didYouMean();
        return FleetException.invalid(
                "option",
                "\"%s\" is no read option%s"
                        .formatted(name, hint.isEmpty() ? "; there are " + String.join(", ", known) : hint));
    }

    /// The name that DuckDB knows.
    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        return kind;
    }

    Role role() {
        return role;
    }

    boolean fits(FileFormat format) {
        return formats.contains(format);
    }
}
