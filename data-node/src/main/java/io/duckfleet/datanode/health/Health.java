package io.duckfleet.datanode.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.duckfleet.datanode.load.ReloadStatus;
import io.duckfleet.datanode.table.LoadProgress;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.NodeState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `GET /health` answers: the rows of all tables, and those of each; what doesn't apply is left out.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Health(
        String status,
        String service,
        String database,
        String state,
        Instant timestamp,
        Optional<Long> rowCount,
        Optional<Map<String, Long>> tables,
        Optional<Progress> progress,
        Optional<Reload> reload,
        Optional<String> reason) {

    private static final String SERVICE = "data-node";

    /// How far a load is; `seconds_left` is an estimate.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Progress(
            long bytesRead, long bytesTotal, long rows, long bytesPerSecond, Optional<Long> secondsLeft) {

        static Progress of(LoadProgress progress) {
            return new Progress(
                    progress.bytesRead(),
                    progress.bytesTotal(),
                    progress.rows(),
                    progress.bytesPerSecond(),
                    progress.timeLeft().map(left -> left.toSeconds()));
        }
    }

    /// The reload under way, and why the last one failed: the old table is served on then.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Reload(Optional<Progress> progress, Optional<Instant> failedAt, Optional<String> reason) {

        static Optional<Reload> of(ReloadStatus status) {
            return status.equals(ReloadStatus.NONE)
                    ? Optional.empty()
                    : Optional.of(new Reload(
                            status.underWay().map(Progress::of),
                            status.lastFailure().map(ReloadStatus.Failure::at),
                            status.lastFailure().map(ReloadStatus.Failure::reason)));
        }
    }

    /// The same with a fault that outweighs it.
    Health degradedBy(String fault) {
        return new Health(
                "degraded",
                service,
                "failed",
                state,
                timestamp,
                rowCount,
                tables,
                progress,
                reload,
                Optional.of(fault));
    }

    private static Map<String, Long> rows(LoadedTables tables) {
        Map<String, Long> rows = new LinkedHashMap<>();
        tables.all().forEach(table -> rows.put(table.name().text(), table.rowCount()));
        return rows;
    }

    static Health of(NodeState state, ReloadStatus reloads, Instant now) {
        return switch (state) {
            case NodeState.Ready ready ->
                new Health(
                        "healthy",
                        SERVICE,
                        "connected",
                        "ready",
                        now,
                        Optional.of(ready.tables().rowCount()),
                        Optional.of(rows(ready.tables())),
                        Optional.empty(),
                        Reload.of(reloads),
                        Optional.empty());
            case NodeState.Loading loading ->
                new Health(
                        "healthy",
                        SERVICE,
                        "loading",
                        "loading",
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Progress.of(loading.progress())),
                        Optional.empty(),
                        Optional.empty());
            case NodeState.Failed failed ->
                new Health(
                        "degraded",
                        SERVICE,
                        "failed",
                        "failed",
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(failed.reason()));
        };
    }
}
