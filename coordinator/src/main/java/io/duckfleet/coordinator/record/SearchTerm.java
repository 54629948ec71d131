package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.duckfleet.common.errors.FleetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is searched for: a text, without case. Remembers in which of its forms it was asked for.
final class SearchTerm {

    private static final String FIELD = "search_term";
    private static final Pattern DATE_AND_TIME = Pattern.compile("(\\d)[tT](?=\\d|$)");
    private static final Pattern UTC = Pattern.compile("(:\\d\\d(?:\\.\\d+)?)[zZ]$");

    private static final Pattern INTEGER = Pattern.compile("[0-9-]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9.-]+");
    private static final Pattern FLOATING = Pattern.compile("[0-9.+einfa-]+");
    private static final Pattern TRUTH = Pattern.compile("[truefals]+");
    private static final Pattern TIME = Pattern.compile("[0-9:.+ ()bcinfty-]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f-]+");

    private final String text;
    private final Map<String, Object> used = new HashMap<>();

    private SearchTerm(String text) {
        this.text = text;
    }

    /// @throws FleetException `invalid_request` if there is nothing to search for
    static SearchTerm of(Optional<String> text) {
        return new SearchTerm(text.filter(term -> !term.isEmpty())
                .orElseThrow(() -> FleetException.invalid(FIELD, "a text to search for was expected, there is none")));
    }

    /// The forms that were asked for, by the names of their parameters.
    Map<String, Object> parameters() {
        return Map.copyOf(used);
    }

    /// The condition that `field` holds the term; none where no value of its type can. That saves turning
    /// numbers and times into text, which is most of the work, for words.
    Optional<String> in(Field field) {
        String value = field.expression();
        String type = field.type();
        return switch (type) {
            case "VARCHAR" -> Optional.of(contains("lower(%s)".formatted(value), term()));
            case "JSON" -> Optional.of(contains("lower(CAST(%s AS VARCHAR))".formatted(value), json()));
            case "BOOLEAN" -> ifPossible(TRUTH, value, lowerCase());
            case "FLOAT", "DOUBLE" -> ifPossible(FLOATING, value, lowerCase());
            case "UUID" -> ifPossible(UUID, value, lowerCase());
            case "VARCHAR[]" -> Optional.of(contains("lower(array_to_string(%s, chr(31)))".formatted(value), term()));
            default -> inOther(value, type);
        };
    }

    private Optional<String> inOther(String value, String type) {
        if (type.endsWith("INT") || type.endsWith("INTEGER")) {
            return ifPossible(INTEGER, value, lowerCase());
        }
        if (type.startsWith("DECIMAL(") && type.endsWith(")")) {
            return ifPossible(DECIMAL, value, lowerCase());
        }
        if (type.equals("DATE") || (type.startsWith("TIMESTAMP") && !type.endsWith("]"))) {
            return ifPossible(TIME, value, asTime());
        }
        boolean nested = type.endsWith("]") || type.startsWith("MAP(") || type.startsWith("UNION(");
        return Optional.of(
                nested
                        ? contains("lower(CAST(to_json(%s) AS VARCHAR))".formatted(value), json())
                        : contains("lower(CAST(%s AS VARCHAR))".formatted(value), term()));
    }

    private Optional<String> ifPossible(Pattern alphabet, String value, String form) {
        boolean possible = alphabet.matcher(form).matches();
        return possible
                ? Optional.of(contains(
                        "CAST(%s AS VARCHAR)".formatted(value),
                        form.equals(lowerCase()) ? term() : parameter("time_term", form)))
                : Optional.empty();
    }

    private static String contains(String text, String part) {
        return "contains(%s, %s)".formatted(text, part);
    }

    private String term() {
        return "lower(%s)".formatted(parameter("term", text));
    }

    /// As it stands within a JSON text.
    private String json() {
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return escaped.equals(text) ? term() : "lower(%s)".formatted(parameter("json_term", escaped));
    }

    private String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    /// As DuckDB writes what answers show in ISO 8601.
    private String asTime() {
        String spaced = DATE_AND_TIME.matcher(text).replaceAll("$1 ");
        return UTC.matcher(spaced).replaceAll("$1+00").toLowerCase(Locale.ROOT);
    }

    private String parameter(String name, String value) {
        used.put(name, value);
        return "$" + name;
    }
}
