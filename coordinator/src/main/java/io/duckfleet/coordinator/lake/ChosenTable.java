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

    /// The lake's tables that it is made of.
    List<TableShape> tables();

    /// What stands in FROM for it.
    String source();

    /// The same without the records of files that needn't be read.
    String source(UnreadFiles unread);

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

        @Override
        public List<TableShape> tables() {
            return List.of(shape);
        }

        @Override
        public String source(UnreadFiles unread) {
            return unread.rest(shape);
        }
    }

    /// All tables, as [AllRecords].
    record AllTables(AllRecords united) implements ChosenTable {

        @Override
        public List<Column> columns() {
            return united.shape().columns();
        }

        @Override
        public String source() {
            return AllRecords.NAME;
        }

        @Override
        public List<TableShape> tables() {
            return united.tables();
        }

        @Override
        public String source(UnreadFiles unread) {
            return unread.isEmpty() ? source() : "(%s)".formatted(united.sql(unread));
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
            return new AllTables(AllRecords.of(tables));
        }
        List<String> names = tables.stream().map(TableShape::name).toList();
        throw FleetException.invalid(
                FIELD,
                "\"%s\" is no table of the lake%s"
                        .formatted(wanted, Suggestions.near(bare, names).didYouMean()));
    }
}
