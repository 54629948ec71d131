package io.duckfleet.sidecar.maintenance;

/// What a run of a task has done: how many files were merged, snapshots expired or files removed;
/// `finished` tells that nothing was left to do.
public record MaintenanceOutcome(long done, boolean finished) {

    static final MaintenanceOutcome NOTHING = new MaintenanceOutcome(0, true);

    MaintenanceOutcome plus(MaintenanceOutcome later) {
        return new MaintenanceOutcome(done + later.done, later.finished);
    }
}
