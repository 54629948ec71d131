package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Read options with their values as SQL literals.
public final class ReadOptions {

    /// No options: DuckDB's sniffer decides.
    public static final ReadOptions NONE = new ReadOptions(new EnumMap<>(ReadOption.class));

    private final Map<ReadOption, String> literals;

    private ReadOptions(Map<ReadOption, String> literals) {
        this.literals = literals;
    }

    /// The options of `name=value` texts, of which later ones win.
    ///
    /// @throws FleetException `invalid_request` if one is unknown or its value doesn't fit
    public static ReadOptions parse(List<String> texts) {
        Map<ReadOption, String> literals = new EnumMap<>(ReadOption.class);
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw FleetException.invalid(
                        "option", "an option is name=value, such as delim=;, it is \"%s\"".formatted(text));
            }
            ReadOption option = ReadOption.of(text.substring(0, equals));
            literals.put(option, literal(option, text.substring(equals + 1)));
        }
        return new ReadOptions(literals);
    }

    /// Refuses options that mean nothing to files of `format`.
    ///
    /// @throws LoadException if there is one
    void require(FileFormat format) {
        literals.keySet().stream()
                .filter(option -> !option.fits(format))
                .findFirst()
                .ifPresent(option -> {
                    throw new LoadException(
                            "the option %s doesn't apply to %s files".formatted(option.parameter(), format.name()));
                });
    }

    /// Whether files have to be read by DuckDB as a whole.
    boolean needWholeFile() {
        return literals.keySet().stream().anyMatch(option -> option.role() == ReadOption.Role.WHOLE);
    }

    boolean has(ReadOption option) {
        return literals.containsKey(option);
    }

    /// All of them, as `, name = value` each.
    String all() {
        return text(EnumSet.allOf(ReadOption.class));
    }

    /// Those that tell how values are read, whatever the dialect.
    String ofValues() {
        return text(Arrays.stream(ReadOption.values())
                .filter(option -> option.role() == ReadOption.Role.VALUES)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ReadOption.class))));
    }

    /// Options for a file of one quoted column with a header, whose values were read with these options: all
    /// of them are looked at.
    ReadOptions forOneColumn() {
        Map<ReadOption, String> kept = new EnumMap<>(ReadOption.class);
        literals.forEach((option, literal) -> {
            if (option == ReadOption.DATEFORMAT || option == ReadOption.TIMESTAMPFORMAT) {
                kept.put(option, literal);
            }
        });
        kept.put(ReadOption.DELIM, "','");
        kept.put(ReadOption.QUOTE, "'\"'");
        kept.put(ReadOption.ESCAPE, "'\"'");
        kept.put(ReadOption.HEADER, "true");
        kept.put(ReadOption.SAMPLE_SIZE, "-1");
        return new ReadOptions(kept);
    }

    private String text(Set<ReadOption> wanted) {
        return literals.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .map(entry -> ", %s = %s".formatted(entry.getKey().parameter(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String literal(ReadOption option, String value) {
        return switch (option.kind()) {
            case CHARACTER -> Identifiers.literal(character(value));
            case BOOLEAN -> bool(option, value);
            case NUMBER -> number(option, value);
            case TEXT -> Identifiers.literal(value);
            case LIST ->
                Arrays.stream(value.split(",", -1))
                        .map(Identifiers::literal)
                        .collect(Collectors.joining(", ", "[", "]"));
            case TYPES -> types(value);
        };
    }

    private static String character(String value) {
        return value.equalsIgnoreCase("tab") ? "\t" : value.replace("\\t", "\t");
    }

    private static String bool(ReadOption option, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
            throw FleetException.invalid(
                    "option", "%s must be true or false, it is \"%s\"".formatted(option.parameter(), value));
        }
        return lower;
    }

    private static String number(ReadOption option, String value) {
        try {
            return Long.toString(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            throw FleetException.invalid(
                    "option", "%s must be a whole number, it is \"%s\"".formatted(option.parameter(), value));
        }
    }

    /// `a:INTEGER,b:DECIMAL(10,2)`; commas within parentheses belong to the type.
    private static String types(String value) {
        List<String> pairs = new ArrayList<>();
        for (String pair : value.split(",(?![^(]*\\))", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon < 1) {
                throw FleetException.invalid(
                        "option", "types must be column:TYPE,column:TYPE, they are \"%s\"".formatted(value));
            }
            pairs.add(Identifiers.literal(pair.substring(0, colon).strip()) + ": "
                    + Identifiers.literal(pair.substring(colon + 1).strip()));
        }
        return "{" + String.join(", ", pairs) + "}";
    }
}
