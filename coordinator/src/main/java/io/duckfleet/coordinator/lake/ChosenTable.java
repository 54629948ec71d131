package io.duckfleet.coordinator.lake;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the lake's routes call `table`: one of the lake's tables, or all of them together.
public sealed interface ChosenTable {

    String FIELD = "table";

    /// The columns, in order.
    List<Column> columns();

    /// What stands in FROM for it.
    String source();

    /// One table.
    record OneTable(TableShape shape) implements ChosenTable {

        @Override
        public List<Column> columns() {
            return shape.columns();
        }

        @Override
        public String source() {
            return shape.qualified();
        }
    }

    /// All tables, as [AllRecords].
    record AllTables(TableShape shape) implements ChosenTable {

        @Override
        public List<Column> columns() {
            return shape.columns();
        }

        @Override
        public String source() {
            return AllRecords.NAME;
        }
    }

    /// The table that `name` (`t` or `lake.t`) stands for among the lake's; all of them without a name, or
    /// with `all_records`.
    ///
    /// @throws FleetException `invalid_request` if the lake has no such table
    static ChosenTable of(List<TableShape> tables, Optional<String> name) {
        String wanted = name.filter(text -> !text.isEmpty()).orElse(AllRecords.NAME);
        String bare = wanted.toLowerCase(Locale.ROOT).startsWith(LakeAttachment.CATALOG + ".")
                ? wanted.substring(LakeAttachment.CATALOG.length() + 1)
                : wanted;
        Optional<TableShape> one = tables.stream()
                .filter(table -> table.name().equalsIgnoreCase(bare))
                .findFirst();
        if (one.isPresent()) {
            return new OneTable(one.get());
        }
        if (bare.equalsIgnoreCase(AllRecords.NAME)) {
            return new AllTables(AllRecords.of(tables).shape());
        }
        List<String> names = tables.stream().map(TableShape::name).toList();
        throw FleetException.invalid(
                FIELD,
                "\"%s\" is no table of the lake%s"
                        .formatted(wanted, Suggestions.near(bare, names).didYouMean()));
    }
}
