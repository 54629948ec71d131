package io.duckfleet.sidecar.maintenance;

/// What shows the lake's files to readers that don't ask its catalog: it has to know of a merge before the
/// files go that the merge has replaced.
public interface LakeFollower {

    /// Shows what the lake is now. Tells for how many tables something had to be done.
    long catchUp();

    /// Removes what it has kept for readers of an older state, and nobody needs any more. Tells how many
    /// files.
    long tidy();
}
