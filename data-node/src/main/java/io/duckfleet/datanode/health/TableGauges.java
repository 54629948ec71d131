package io.duckfleet.datanode.health;

import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.TableNames;
import io.duckfleet.datanode.table.TableSlot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Each table's rows, bytes and load time as gauges, NaN while it isn't there.
@Singleton
public final class TableGauges {

    private static final double NANOS_PER_SECOND = 1e9;

    private final TableSlot slot;
    private final TableNames names;
    private final MeterRegistry registry;

    public TableGauges(TableSlot slot, TableNames names, MeterRegistry registry) {
        this.slot = slot;
        this.names = names;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        gauge("duckfleet.node.table.rows", "rows of the table", LoadedTable::rowCount);
        gauge("duckfleet.node.table.bytes", "the table's size in memory", LoadedTable::sizeBytes);
        gauge(
                "duckfleet.node.table.load.seconds",
                "how long the table took to load",
                table -> table.source().loadTime().toNanos() / NANOS_PER_SECOND);
    }

    private void gauge(String name, String description, ToDoubleFunction<LoadedTable> value) {
        for (String table : names.texts()) {
            Gauge.builder(name, slot, source -> valueOf(source, table, value))
                    .description(description)
                    .tag("table", table)
                    .register(registry);
        }
    }

    private static double valueOf(TableSlot slot, String table, ToDoubleFunction<LoadedTable> value) {
        return slot.state() instanceof NodeState.Ready ready
                ? value.applyAsDouble(ready.tables().named(Optional.of(table)))
                : Double.NaN;
    }
}
