package io.duckfleet.sidecar.commit;

/// From how many bytes of JSON on a batch is large, and has a transaction of its own; and of how many of them
/// a file of each day is made.
public record CommitSizes(long largeBytes, long roundBytes) {

    public CommitSizes {
        if (largeBytes < 1 || roundBytes < 1) {
            throw new IllegalArgumentException("sizes of commits are positive");
        }
    }

    /// Large enough that small batches would feel a large one, and that its files have a good size.
    public static CommitSizes usual() {
        return new CommitSizes(4L * 1024 * 1024, 64L * 1024 * 1024);
    }
}
