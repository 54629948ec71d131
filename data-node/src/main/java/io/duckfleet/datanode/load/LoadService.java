package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.TableSlot;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Fills the slot, in the background, from the node's first moment.
public final class LoadService {

    private static final Logger LOG = Logger.getLogger(LoadService.class);

    private static final double NANOS_PER_SECOND = 1e9;

    private final TableLoader loader;
    private final LoadRequest request;
    private final TableSlot slot;
    private final Consumer<String> onFailure;
    private volatile boolean stopping;

    /// `onFailure` is told the reason when the object can't be loaded.
    public LoadService(TableLoader loader, LoadRequest request, TableSlot slot, Consumer<String> onFailure) {
        this.loader = loader;
        this.request = request;
        this.slot = slot;
        this.onFailure = onFailure;
    }

    /// Starts the load and returns.
    public void start() {
        Thread.ofPlatform().daemon().name("load").start(this::load);
    }

    /// From now on nothing is told any more: the program stops.
    public void stop() {
        stopping = true;
    }

    private void load() {
        LOG.infof("loading %s as table %s", request.location(), request.tableName());
        try {
            LoadedTable table = loader.load(request, (read, total) -> slot.become(new NodeState.Loading(read, total)));
            slot.become(new NodeState.Ready(table));
            LOG.infof(
                    "loaded %s: %d rows, %d columns, %d bytes in memory, %.2f s",
                    request.location(),
                    table.rowCount(),
                    table.columns().size(),
                    table.sizeBytes(),
                    table.source().loadTime().toNanos() / NANOS_PER_SECOND);
        } catch (LoadException e) {
            LOG.debug("the load failed", e);
            fail(e.reason());
        } catch (OutOfMemoryError e) {
            fail("%s can't be loaded: the Java heap is too small (%s)".formatted(request.location(), e.getMessage()));
        }
    }

    /// A load that the program's stop breaks off is no failure.
    private void fail(String reason) {
        if (!stopping) {
            slot.become(new NodeState.Failed(reason));
            onFailure.accept(reason);
        }
    }
}
