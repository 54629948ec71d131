package io.duckfleet.sidecar.commit;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.lake.Reachability;
import io.duckfleet.sidecar.lake.SchemaPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Commits groups of batches, and deals with what goes wrong: a group that fails is tried again batch by
/// batch, so none fails for another's sake, and whatever had an unclear outcome is looked up in the ledger
/// first. Thread-safe.
final class CommitAttempts {

    private static final Logger LOG = Logger.getLogger(CommitAttempts.class);
    private static final int MAX_ATTEMPTS = 10;

    /// From this attempt on a batch is committed with all others held back, as it seems to meet them always.
    private static final int ALONE_FROM = 3;

    /// How often a commit may be overtaken by others, each of which has succeeded.
    private static final int MAX_RACES = 100;

    private static final int LOGGED_LENGTH = 500;

    private final GroupCommit commits;
    private final KeyLedger ledger;
    private final CommittedFiles files;
    private final Reachability reachability;
    private final CommitMeters meters;

    CommitAttempts(
            GroupCommit commits,
            KeyLedger ledger,
            CommittedFiles files,
            Reachability reachability,
            CommitMeters meters) {
        this.commits = commits;
        this.ledger = ledger;
        this.files = files;
        this.reachability = reachability;
        this.meters = meters;
    }

    /// Commits `group`, and settles each batch, but for those that it gives back, in their order: they are to
    /// stand at the head of the queue.
    List<Pending> commit(List<Pending> group) {
        if (group.isEmpty()) {
            return List.of();
        }
        try {
            List<Batch> batches = group.stream().map(Pending::batch).toList();
            boolean alone = group.getFirst().attempt() >= ALONE_FROM;
            GroupCommit.Result result =
                    meters.timed(group.size(), () -> alone ? commits.commitAlone(batches) : commits.commit(batches));
            return group.stream().filter(pending -> !isSettled(pending, result)).toList();
        } catch (FleetException e) {
            return recover(group, e);
        } catch (RuntimeException e) {
            LOG.error("a commit failed in an unforeseen way", e);
            return recover(
                    group, new FleetException(ErrorCode.INTERNAL, "the commit failed; the service's log says why", e));
        }
    }

    private boolean isSettled(Pending pending, GroupCommit.Result result) {
        Batch batch = pending.batch();
        if (result.committed().containsKey(batch)) {
            committed(pending, result.committed().get(batch));
            return true;
        }
        if (result.conflicting().containsKey(batch)) {
            pending.outcome()
                    .complete(new CommitOutcome.Conflicting(result.conflicting().get(batch)));
            return true;
        }
        return false;
    }

    private void committed(Pending pending, Receipt receipt) {
        meters.committed(pending.batch(), receipt);
        pending.outcome().complete(new CommitOutcome.Committed(receipt));
    }

    /// What failed may be in the lake after all, when the error came from the COMMIT: the ledger knows. The
    /// rest is tried again, each batch alone.
    private List<Pending> recover(List<Pending> group, FleetException error) {
        boolean overtaken = LakeKeys.isLostRace(error) || SchemaPin.isLost(error);
        if (overtaken && group.getFirst().attempt() < MAX_RACES) {
            LOG.debugf("a commit of %d batches was overtaken and is repeated: %s", group.size(), error.detail());
            return commit(group.stream().map(Pending::again).toList());
        }
        if (error.detail().contains(KeyLedger.REPEATED)) {
            LOG.infof("a commit of %d batches met a key that another sidecar had committed", group.size());
        } else {
            String detail = error.detail().substring(0, Math.min(error.detail().length(), LOGGED_LENGTH));
            LOG.warnf("a commit of %d batches failed: %s", group.size(), detail);
        }
        List<Pending> left = error.extensions().containsKey(GroupCommit.UNCLEAR) ? notInLake(group) : group;
        if (left.isEmpty()) {
            return List.of();
        }
        if (error.code() == ErrorCode.NOT_READY) {
            left.forEach(pending -> fail(pending, error));
            return List.of();
        }
        Optional<FleetException> problem = reachability.problemNow();
        if (problem.isPresent()) {
            left.forEach(pending -> fail(pending, problem.get()));
            return List.of();
        }
        List<Pending> again = new ArrayList<>();
        for (Pending pending : left) {
            again.addAll(group.size() == 1 ? failOrRepeat(pending, error) : commit(List.of(pending)));
        }
        return again;
    }

    /// Settles those of the group that the ledger knows, and gives the others; none when the ledger can't
    /// be asked.
    private List<Pending> notInLake(List<Pending> group) {
        try {
            return group.stream().filter(pending -> !isSettledByLedger(pending)).toList();
        } catch (FleetException away) {
            group.forEach(pending -> fail(pending, unclear(away)));
            return List.of();
        }
    }

    private boolean isSettledByLedger(Pending pending) {
        Optional<Receipt> receipt;
        try {
            receipt = ledger.receiptOf(pending.batch(), files);
        } catch (FleetException e) {
            if (e.code() != ErrorCode.INVALID_REQUEST) {
                throw e;
            }
            fail(pending, e);
            return true;
        }
        receipt.ifPresent(found -> committed(pending, found));
        return receipt.isPresent();
    }

    private List<Pending> failOrRepeat(Pending pending, FleetException error) {
        boolean hopeless = error.code() == ErrorCode.INVALID_REQUEST || error.code() == ErrorCode.MEMORY_LIMIT;
        if (hopeless || pending.attempt() >= MAX_ATTEMPTS) {
            fail(pending, CommitFailures.tell(error));
            return List.of();
        }
        return commit(List.of(pending.again()));
    }

    private void fail(Pending pending, FleetException error) {
        meters.failed();
        pending.fail(error);
    }

    private static FleetException unclear(FleetException away) {
        return new FleetException(
                away.code(),
                away.detail()
                        + "; whether these records were committed is not known, send them again with their Idempotency-Key",
                away);
    }
}
