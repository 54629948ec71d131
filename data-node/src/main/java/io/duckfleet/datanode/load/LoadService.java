package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.table.LoadProgress;
import io.duckfleet.datanode.table.LoadedTable;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.NodeState;
import io.duckfleet.datanode.table.TableSlot;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Fills the slot: in the background from the node's first moment, and again on request. One load is under
/// way at a time. A reload that fails leaves the tables that are served where they are. Thread-safe.
public final class LoadService {

    private static final Logger LOG = Logger.getLogger(LoadService.class);

    private static final double NANOS_PER_SECOND = 1e9;

    private final TableLoader loader;
    private final LoadRequests requests;
    private final TableSlot slot;
    private final LoadMetrics metrics;
    private final ProgressDisplay display;
    private final Clock clock;
    private final Consumer<String> onFailure;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicReference<ReloadStatus> status = new AtomicReference<>(ReloadStatus.NONE);
    private volatile boolean stopping;

    /// `onFailure` is told the reason when the first load fails.
    public LoadService(
            TableLoader loader,
            LoadRequests requests,
            TableSlot slot,
            LoadMetrics metrics,
            ProgressDisplay display,
            Clock clock,
            Consumer<String> onFailure) {
        this.loader = loader;
        this.requests = requests;
        this.slot = slot;
        this.metrics = metrics;
        this.display = display;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    /// Starts the first load and returns.
    public void start() {
        busy.set(true);
        Thread.ofPlatform().daemon().name("load").start(this::load);
    }

    /// From now on nothing is told any more: the program stops.
    public void stop() {
        stopping = true;
    }

    /// Whether a load is under way.
    boolean busy() {
        return busy.get();
    }

    /// What becomes of reloads.
    public ReloadStatus reloads() {
        return status.get();
    }

    /// Loads all tables again, and gives the new ones, which are served from then on.
    ///
    /// @throws FleetException `overloaded` while another load is under way, `not_enough_memory`,
    /// `load_failed`; then the old tables are served on
    public LoadedTables reload() {
        LoadedTables served = slot.tables();
        if (!busy.compareAndSet(false, true)) {
            throw new FleetException(ErrorCode.OVERLOADED, "a load is under way already; try again when it is done");
        }
        try {
            LoadedTables tables = loadBeside(served);
            slot.become(new NodeState.Ready(tables));
            status.set(ReloadStatus.NONE);
            metrics.succeeded();
            return tables;
        } catch (FleetException e) {
            status.set(ReloadStatus.failed(clock.instant(), e.detail()));
            metrics.failed();
            LOG.warnf("the reload of %s failed, what was loaded before is served on: %s", requests, e.detail());
            throw e;
        } finally {
            busy.set(false);
        }
    }

    /// Loads again if the version in S3 of any table isn't the one that is served.
    ///
    /// @throws FleetException as [#reload()] does
    void reloadIfChanged() {
        List<String> served =
                slot.tables().all().stream().map(table -> table.source().etag()).toList();
        if (!busy() && !current().stream().map(ObjectSet::etag).toList().equals(served)) {
            reload();
        }
    }

    private List<ObjectSet> current() {
        try {
            return loader.current(requests);
        } catch (LoadException e) {
            status.set(ReloadStatus.failed(clock.instant(), e.reason()));
            metrics.failed();
            throw new FleetException(ErrorCode.LOAD_FAILED, e.reason(), e);
        }
    }

    private LoadedTables loadBeside(LoadedTables served) {
        try {
            loader.requireMemoryBeside(served, requests);
            return loadNow(progress -> status.updateAndGet(before -> before.at(progress)));
        } catch (LoadException e) {
            throw new FleetException(ErrorCode.LOAD_FAILED, e.reason(), e);
        } catch (OutOfMemoryError e) {
            throw new FleetException(ErrorCode.NOT_ENOUGH_MEMORY, heapIsTooSmall(e), e);
        }
    }

    private void load() {
        try {
            slot.become(new NodeState.Ready(loadNow(progress -> slot.become(new NodeState.Loading(progress)))));
        } catch (LoadException e) {
            LOG.debug("the load failed", e);
            fail(e.reason());
        } catch (OutOfMemoryError e) {
            fail(heapIsTooSmall(e));
        } finally {
            busy.set(false);
        }
    }

    private LoadedTables loadNow(Consumer<LoadProgress> listener) {
        requests.all().forEach(request -> LOG.infof("loading %s as table %s", request.source(), request.tableName()));
        LoadedTables tables = display.during(
                requests.toString(), shown -> loader.load(requests, new LoadMeter(listener.andThen(shown))));
        tables.all().forEach(LoadService::tell);
        return tables;
    }

    private static void tell(LoadedTable table) {
        LOG.infof(
                "loaded %s: %d rows, %d columns, %d bytes in memory, %.2f s",
                table.source().url(),
                table.rowCount(),
                table.columns().size(),
                table.sizeBytes(),
                table.source().loadTime().toNanos() / NANOS_PER_SECOND);
    }

    private String heapIsTooSmall(OutOfMemoryError error) {
        return "%s can't be loaded: the Java heap is too small (%s)".formatted(requests, error.getMessage());
    }

    /// A load that the program's stop breaks off is no failure.
    private void fail(String reason) {
        if (!stopping) {
            slot.become(new NodeState.Failed(reason));
            onFailure.accept(reason);
        }
    }
}
