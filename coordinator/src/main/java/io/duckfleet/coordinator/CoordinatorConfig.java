package io.duckfleet.coordinator;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The coordinator's configuration. The command line sets the first.
@ConfigMapping(prefix = "duckfleet.coordinator")
interface CoordinatorConfig {

    /// The file that tells which tables are on which nodes.
    @WithDefault("config.json")
    Path config();

    /// The key that the nodes ask for (`NODE_KEY`).
    Optional<String> nodeKey();

    /// DuckDB's memory limit for all queries together, such as `4GB`; without one, three
    /// quarters of what Java leaves.
    Optional<String> memoryLimit();

    /// DuckDB's threads; without a number, one per core.
    OptionalInt threads();

    /// How many queries run at once.
    @WithDefault("16")
    int maxRunning();

    /// How many queries wait for their turn; more are refused with 429.
    @WithDefault("256")
    int maxWaiting();

    /// How many fragments are fetched at once, over all queries.
    @WithDefault("32")
    int maxFragments();

    /// How many fragments are fetched at once from one node, over all queries.
    @WithDefault("8")
    int maxFragmentsPerNode();

    /// Whether the keys of one node's rows may reduce what another node is asked for.
    @WithDefault("true")
    boolean semiJoin();

    /// Whether nodes run whole statements, and make groups of a shard's rows, where that is exact; otherwise
    /// they give rows alone.
    @WithDefault("true")
    boolean pushQueries();

    /// From how many bytes in a node's memory a table is large enough to be reduced by keys.
    @WithDefault("1M")
    MemorySize semiJoinFrom();

    /// The most bytes of fetched fragments that are kept for later queries, in memory where there is room; 0
    /// keeps none.
    @WithDefault("128M")
    MemorySize fragmentCache();

    /// The most memory for filters that tell which of the lake's files can't hold an id; 0 for none.
    @WithDefault("32M")
    MemorySize fileFilters();

    /// Where DuckDB spills what doesn't fit into its memory; without one, the system's folder for temporary
    /// files.
    Optional<Path> spillDirectory();

    /// The most that is spilled, over all queries.
    @WithDefault("8G")
    MemorySize maxSpill();

    /// The most memory that queries under way reserve together for what they fetch; without one, half of
    /// DuckDB's memory limit.
    Optional<MemorySize> maxReserved();

    /// The largest result, in bytes as it is sent.
    @WithDefault("1G")
    MemorySize maxResult();

    /// How many records the lake's routes give when no limit is asked for (`DEFAULT_LIMIT`).
    @WithDefault("100")
    int defaultLimit();

    /// The largest limit that may be asked for on the lake's routes (`MAX_QUERY_RESULTS`).
    @WithDefault("10000")
    int maxQueryResults();

    /// How long a query may take unless it says so itself.
    @WithDefault("60s")
    Duration deadline();

    /// The sidecar that ingest requests are forwarded to (`SIDECAR_URL`), such as `http://sidecar:8001`;
    /// without one they are refused with 503.
    Optional<URI> sidecarUrl();

    /// How long neither the sidecar nor the client of a forwarded request may be silent. Longer than the
    /// sidecar's own deadline.
    @WithDefault("120s")
    Duration forwardIdleTimeout();

    /// Queries that take as long are told in the log, with what each fragment cost.
    @WithDefault("10s")
    Duration slowQuery();

    /// How often nodes are asked how they are, and a lake that was away is looked for.
    @WithDefault("2s")
    Duration watchInterval();
}
