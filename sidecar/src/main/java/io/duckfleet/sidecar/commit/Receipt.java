package io.duckfleet.sidecar.commit;

import java.util.List;

/// What a commit has made of a batch. `days` are in order; `files` are those that the snapshot has added to
/// the table (shared with the other batches of the same commit), empty when they aren't known any more.
/// `repeated` tells that the batch had been committed before, under the same key.
public record Receipt(long snapshotId, List<DayRows> days, List<LakeFile> files, boolean repeated) {

    public Receipt {
        days = List.copyOf(days);
        files = List.copyOf(files);
    }

    public long rows() {
        return days.stream().mapToLong(DayRows::rows).sum();
    }
}
