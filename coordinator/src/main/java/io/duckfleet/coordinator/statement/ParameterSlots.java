package io.duckfleet.coordinator.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SqlToken;
import io.duckfleet.common.statement.SqlToken.Kind;
import io.duckfleet.coordinator.statement.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The places in a statement where parameters stand, and the edits that put values there.
final class ParameterSlots {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    /// One place: its token, and the parameter's name in lower case (`1` for the first `?`).
    private record Slot(SqlToken token, String name) {}

    private final List<Slot> slots;

    private ParameterSlots(List<Slot> slots) {
        this.slots = slots;
    }

    static ParameterSlots in(List<SqlToken> tokens) {
        List<Slot> slots = new ArrayList<>();
        int questionMarks = 0;
        for (SqlToken token : tokens) {
            if (token.kind() == Kind.PARAMETER) {
                boolean counted = token.text().equals("?");
                questionMarks += counted ? 1 : 0;
                String name =
                        counted ? Integer.toString(questionMarks) : token.text().substring(1);
                slots.add(new Slot(token, name.toLowerCase(Locale.ROOT)));
            }
        }
        return new ParameterSlots(List.copyOf(slots));
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /// Whether these are the parameters that DuckDB sees.
    boolean areNamed(Set<String> names) {
        return slots.stream()
                .map(Slot::name)
                .collect(Collectors.toSet())
                .equals(names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    /// The edits that put the values in.
    ///
    /// @throws FleetException `invalid_request` that says which values are missing or too many
    List<Edit> fill(Parameters parameters) {
        return switch (parameters) {
            case Parameters.None none -> withoutValues();
            case Parameters.Positional positional -> fillByPosition(positional.values());
            case Parameters.Named named -> fillByName(named);
        };
    }

    private List<Edit> withoutValues() {
        if (!slots.isEmpty()) {
            throw FleetException.invalid(
                    Parameters.FIELD,
                    "the statement has the parameters %s, there are no values for them".formatted(written()));
        }
        return List.of();
    }

    private List<Edit> fillByPosition(List<JsonNode> values) {
        Optional<Slot> named = slots.stream()
                .filter(slot -> !DIGITS.matcher(slot.name()).matches())
                .findFirst();
        if (named.isPresent()) {
            throw FleetException.invalid(
                    Parameters.FIELD,
                    "an object was expected, as the statement has the named parameter %s, it is a list"
                            .formatted(named.get().token().text()));
        }
        int needed = slots.stream()
                .mapToInt(slot -> Integer.parseInt(slot.name()))
                .max()
                .orElse(0);
        if (needed != values.size()) {
            throw FleetException.invalid(
                    Parameters.FIELD,
                    "%d values were expected for the statement's parameters, there are %d"
                            .formatted(needed, values.size()));
        }
        return slots.stream()
                .map(slot -> {
                    int index = Integer.parseInt(slot.name()) - 1;
                    if (index < 0) {
                        throw FleetException.invalid(Parameters.FIELD, "parameters count from $1, there is $0");
                    }
                    return edit(slot, values.get(index), "%s[%d]".formatted(Parameters.FIELD, index));
                })
                .toList();
    }

    private List<Edit> fillByName(Parameters.Named named) {
        boolean counted =
                slots.stream().anyMatch(slot -> DIGITS.matcher(slot.name()).matches());
        if (counted) {
            throw FleetException.invalid(
                    Parameters.FIELD, "a list was expected, as the statement has ? or $1, it is an object");
        }
        TreeSet<String> unused = new TreeSet<>(named.values().keySet());
        List<Edit> edits = new ArrayList<>();
        for (Slot slot : slots) {
            unused.remove(slot.name());
            edits.add(edit(slot, valueOf(slot, named), field(slot.name())));
        }
        if (!unused.isEmpty()) {
            throw FleetException.invalid(
                    field(unused.first()), "the statement has no parameter $%s".formatted(unused.first()));
        }
        return edits;
    }

    private JsonNode valueOf(Slot slot, Parameters.Named named) {
        return Optional.ofNullable(named.values().get(slot.name()))
                .orElseThrow(() -> FleetException.invalid(
                        field(slot.name()),
                        "a value was expected for the statement's parameter %s, there is none"
                                .formatted(slot.token().text())));
    }

    private static String field(String name) {
        return Parameters.FIELD + "." + name;
    }

    private static Edit edit(Slot slot, JsonNode value, String field) {
        return new Edit(slot.token().start(), slot.token().end(), ParameterLiteral.of(value, field));
    }

    private String written() {
        return String.join(", ", slots.stream().map(slot -> slot.token().text()).toList());
    }
}
