package io.duckfleet.coordinator.plan;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.statement.TableReference;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// All tables that a statement may name. A bare name is a node's table, else a lake's; `lake.t` and
/// `lake.data.t` are the lake's, `duckfleet.t` and `lake.duckfleet.t` the fleet's own there. Immutable;
/// equal schemas are interchangeable, as each table carries its version.
public record FleetSchema(List<TableShape> tables) {

    public FleetSchema {
        tables = List.copyOf(tables);
    }

    /// The table that `reference` names.
    ///
    /// @throws FleetException `unknown_table` with its position and with names that may have been meant
    public TableShape resolve(TableReference reference) {
        return find(reference).orElseThrow(() -> unknown(reference));
    }

    public Optional<TableShape> find(TableReference reference) {
        if (!reference.isQualified()) {
            return named(reference.name(), Home.NODE).or(() -> named(reference.name(), Home.LAKE));
        }
        return homeOf(reference).flatMap(home -> named(reference.name(), home));
    }

    private static Optional<Home> homeOf(TableReference qualified) {
        String schema = qualified.schema().orElse("").toLowerCase(Locale.ROOT);
        String catalog = qualified.catalog().orElse(LakeAttachment.CATALOG).toLowerCase(Locale.ROOT);
        if (qualified.catalog().isEmpty() && schema.equals(LakeAttachment.CATALOG)) {
            return Optional.of(Home.LAKE);
        }
        return Stream.of(Home.values())
                .filter(Home::isInLake)
                .filter(home -> home.schema().equals(catalog + "." + schema))
                .filter(home -> qualified.catalog().isPresent() || home == Home.FLEETS_OWN)
                .findFirst();
    }

    private Optional<TableShape> named(String name, Home home) {
        return tables.stream()
                .filter(table -> table.home() == home && table.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private FleetException unknown(TableReference reference) {
        List<String> names = tables.stream().map(TableShape::name).toList();
        FleetException error = new FleetException(
                ErrorCode.UNKNOWN_TABLE,
                "table \"%s\" is not in the fleet%s; GET /tables lists the tables"
                        .formatted(
                                reference.written(),
                                Suggestions.near(reference.name(), names).didYouMean()));
        return reference.position().isPresent()
                ? error.with("position", reference.position().getAsInt())
                : error;
    }
}
