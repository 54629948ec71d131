package io.duckfleet.coordinator.run;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.coordinator.fleet.Fleet;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.fleet.TableState;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.TableShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Fetches fragments from the fleet's nodes: a shard's from its node, a replicated table's from one replica
/// after another until one gives it. What fails for the way to the node is tried once more; nothing of a
/// failed try has been given to anybody, so that is always right (docs/decisions/025). Thread-safe.
public final class FleetFragments implements FragmentSource {

    private static final int ROUNDS = 2;
    private static final long PAUSE_MILLIS = 200;

    private final Fleet fleet;
    private final NodeTransfer transfer;
    private final FetchSlots slots;
    private final AtomicInteger turn = new AtomicInteger();

    FleetFragments(Fleet fleet, NodeTransfer transfer, FetchSlots slots) {
        this.fleet = fleet;
        this.transfer = transfer;
        this.slots = slots;
    }

    /// Fragments of `fleet`, brought over HTTP, or kept in `cache`.
    public static FleetFragments of(Fleet fleet, HttpFragmentSource transfer, FragmentCache cache, FetchSlots slots) {
        return new FleetFragments(fleet, new CachedTransfer(transfer, cache), slots);
    }

    @Override
    public List<FragmentPart> parts(Fragment fragment) {
        TableShape planned = fragment.table();
        Optional<TableState> state = fleet.config()
                .table(planned.name())
                .map(fleet::state)
                .filter(now -> now.shape().equals(Optional.of(planned)));
        return state.orElseThrow(() -> changed(planned)).parts().stream()
                .map(holders -> new FragmentPart(fragment, rotated(holders)))
                .toList();
    }

    @Override
    public FetchedFragment fetch(FragmentPart part, Path target, Deadline deadline) throws InterruptedException {
        List<FleetException> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int left = part.holders().size();
            for (Holding holder : part.holders()) {
                try {
                    return attempt(part, holder, target, deadline.share(left));
                } catch (FleetException e) {
                    failures.add(judged(holder, e, deadline));
                }
                left--;
            }
            if (!mayPass(failures.getLast())) {
                break;
            }
            Thread.sleep(Math.min(PAUSE_MILLIS, deadline.remaining().toMillis()));
        }
        throw summary(part, failures, deadline);
    }

    private FetchedFragment attempt(FragmentPart part, Holding holder, Path target, Deadline share)
            throws InterruptedException {
        FetchSlots.Slot slot = slots.take(holder.node(), share);
        try {
            return transfer.fetch(part, holder, target, share);
        } finally {
            slot.close();
        }
    }

    /// What is to be told of a failed try, if another one may help; else it is thrown.
    private FleetException judged(Holding holder, FleetException failure, Deadline deadline)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("nobody waits for the fragment any more");
        }
        return switch (failure.code()) {
            case NODE_UNREACHABLE, NOT_READY -> fleet.failed(holder, failure);
            case OVERLOADED -> failure;
            case DEADLINE -> {
                if (deadline.hasPassed()) {
                    throw failure;
                }
                yield failure;
            }
            case TABLE_VERSION_CHANGED -> {
                fleet.refresh(holder.table());
                throw failure;
            }
            default -> throw failure;
        };
    }

    /// Whether the failure may be over in a moment.
    private static boolean mayPass(FleetException failure) {
        return failure.code() == ErrorCode.NODE_UNREACHABLE || failure.code() == ErrorCode.OVERLOADED;
    }

    private static FleetException summary(FragmentPart part, List<FleetException> failures, Deadline deadline) {
        if (deadline.hasPassed()) {
            return deadline.exceeded();
        }
        if (part.holders().size() == 1) {
            return failures.getLast();
        }
        List<String> reasons =
                failures.stream().map(FleetException::detail).distinct().toList();
        return new FleetException(
                failures.getLast().code(),
                "none of the %d replicas of table \"%s\" gave its rows: %s"
                        .formatted(
                                part.holders().size(), part.fragment().table().name(), String.join("; ", reasons)),
                failures.getLast());
    }

    /// The replicas that serve take turns; `holders` has these first.
    private List<Holding> rotated(List<Holding> holders) {
        if (holders.size() == 1) {
            return holders;
        }
        FleetTable table = holders.getFirst().table();
        List<Holding> serving = new ArrayList<>(fleet.state(table).serving(holders));
        List<Holding> away =
                holders.stream().filter(holder -> !serving.contains(holder)).toList();
        if (!serving.isEmpty()) {
            Collections.rotate(serving, Math.floorMod(turn.incrementAndGet(), serving.size()));
        }
        serving.addAll(away);
        return serving;
    }

    private static FleetException changed(TableShape planned) {
        return new FleetException(
                ErrorCode.TABLE_VERSION_CHANGED,
                "the table \"%s\" has changed on its nodes or in the configuration while the query was planned; try again"
                        .formatted(planned.name()));
    }
}
