package io.duckfleet.datanode.load;

import io.duckfleet.datanode.table.LoadProgress;
import java.time.Instant;
import java.util.Optional;

/// What becomes of reloads: how far the one under way is, and why the last one failed, if it did.
public record ReloadStatus(Optional<LoadProgress> underWay, Optional<Failure> lastFailure) {

    /// No reload has been tried, or the last one went well.
    public static final ReloadStatus NONE = new ReloadStatus(Optional.empty(), Optional.empty());

    /// A reload that changed nothing.
    public record Failure(Instant at, String reason) {}

    ReloadStatus at(LoadProgress progress) {
        return new ReloadStatus(Optional.of(progress), lastFailure);
    }

    static ReloadStatus failed(Instant at, String reason) {
        return new ReloadStatus(Optional.empty(), Optional.of(new Failure(at, reason)));
    }
}
