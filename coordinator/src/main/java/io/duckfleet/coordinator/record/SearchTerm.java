package io.duckfleet.coordinator.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.lake.WidestType;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What is searched for: a text, without case.
record SearchTerm(String text) {

    private static final String FIELD = "search_term";
    private static final String TERM = "term";
    private static final Pattern DATE_AND_TIME = Pattern.compile("(\\d)[tT](?=\\d|$)");
    private static final Pattern UTC = Pattern.compile("(:\\d\\d(?:\\.\\d+)?)[zZ]$");

    private static final Pattern INTEGER = Pattern.compile("[0-9-]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9.-]+");
    private static final Pattern FLOATING = Pattern.compile("[0-9.+einfa-]+");
    private static final Pattern TRUTH = Pattern.compile("[truefals]+");
    private static final Pattern TIME = Pattern.compile("[0-9:.+ ()bcinfty-]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f-]+");

    /// Characters that are no other character's lower case.
    private static final Pattern WITHOUT_CASE = Pattern.compile("[ -@\\[-`{-~]+");

    /// @throws FleetException `invalid_request` if there is nothing to search for
    SearchTerm {
        if (text.isEmpty()) {
            throw nothing();
        }
    }

    /// @throws FleetException `invalid_request` if there is nothing to search for
    static SearchTerm of(Optional<String> text) {
        return new SearchTerm(text.orElseThrow(SearchTerm::nothing));
    }

    private static FleetException nothing() {
        return FleetException.invalid(FIELD, "a text to search for was expected, there is none");
    }

    /// The condition that `field` holds the term; none where no value of its type can. That saves turning
    /// numbers and times into text, which is most of the work, for words.
    Optional<Condition> in(Field field) {
        String value = field.expression();
        String type = field.type();
        return switch (type) {
            case "VARCHAR" -> Optional.of(within(value));
            case "JSON" -> Optional.of(withinJson("CAST(%s AS VARCHAR)".formatted(value)));
            case "BOOLEAN" -> ifPossible(TRUTH, value);
            case "FLOAT", "DOUBLE" -> ifPossible(FLOATING, value);
            case "UUID" -> ifPossible(UUID, value);
            case "VARCHAR[]" -> Optional.of(within("array_to_string(%s, chr(31))".formatted(value)));
            default -> inOther(value, type);
        };
    }

    private Optional<Condition> inOther(String value, String type) {
        if (type.endsWith("INT") || type.endsWith("INTEGER")) {
            return ifPossible(INTEGER, value);
        }
        if (type.startsWith("DECIMAL(") && type.endsWith(")")) {
            return ifPossible(DECIMAL, value);
        }
        if (type.equals("DATE") || (type.startsWith("TIMESTAMP") && !type.endsWith("]"))) {
            return inTime(value);
        }
        return Optional.of(
                WidestType.isNested(type)
                        ? withinJson("CAST(to_json(%s) AS VARCHAR)".formatted(value))
                        : within("CAST(%s AS VARCHAR)".formatted(value)));
    }

    /// Turning a text into lower case takes most of a search's time, so a part of the term that has no case
    /// is looked for before.
    private Condition within(String value) {
        Optional<String> part = partWithoutCase();
        if (part.filter(text::equals).isPresent()) {
            return Condition.of("contains(%s, $term)".formatted(value), TERM, text);
        }
        Condition whole = Condition.of("contains(lower(%s), lower($term))".formatted(value), TERM, text);
        return part.map(some -> Condition.of("contains(%s, $part)".formatted(value), "part", some)
                        .and(whole))
                .orElse(whole);
    }

    private Optional<String> partWithoutCase() {
        return WITHOUT_CASE
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .max(Comparator.comparingInt(String::length));
    }

    /// As the term stands within a JSON text.
    private Condition withinJson(String json) {
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        return escaped.equals(text)
                ? within(json)
                : Condition.of("contains(lower(%s), lower($json_term))".formatted(json), "json_term", escaped);
    }

    private Optional<Condition> ifPossible(Pattern alphabet, String value) {
        return alphabet.matcher(lowerCase()).matches()
                ? Optional.of(Condition.of("contains(CAST(%s AS VARCHAR), lower($term))".formatted(value), TERM, text))
                : Optional.empty();
    }

    private Optional<Condition> inTime(String value) {
        String time = asTime();
        return TIME.matcher(time).matches()
                ? Optional.of(Condition.of("contains(CAST(%s AS VARCHAR), $time)".formatted(value), "time", time))
                : Optional.empty();
    }

    private String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    /// As DuckDB writes what answers show in ISO 8601.
    private String asTime() {
        String spaced = DATE_AND_TIME.matcher(text).replaceAll("$1 ");
        return UTC.matcher(spaced).replaceAll("$1+00").toLowerCase(Locale.ROOT);
    }
}
