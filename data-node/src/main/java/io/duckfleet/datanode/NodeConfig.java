package io.duckfleet.datanode;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The data node's configuration. The command line sets the first three.
@ConfigMapping(prefix = "duckfleet.node")
interface NodeConfig {

    /// What to load: `s3://bucket/key`, `s3://bucket/prefix/` or a glob.
    String s3Url();

    /// Further tables of the same node, each `name=s3://..`, one per line.
    Optional<String> moreTables();

    /// Read options, each `name=value`, one per line.
    Optional<String> options();

    /// Whether the table gets a column `filename` with the address of each row's object.
    @WithDefault("false")
    boolean filename();

    /// The shard of the rows to load, such as `2/5`; without one, all rows.
    Optional<String> shard();

    /// The column whose values decide on the shard; without one, whole objects are shared out.
    Optional<String> shardBy();

    /// The name in SQL of what `s3-url` says.
    @WithDefault("s3_data")
    String tableName();

    /// The bucket's region.
    @WithDefault("us-east-1")
    String region();

    /// The key that callers must show as `Authorization: Bearer ..`; without one, everybody is answered.
    Optional<String> key();

    /// How often S3 is looked at for a change, which is then loaded; without a time, never.
    Optional<Duration> watch();

    /// DuckDB's memory limit, such as `4GB`; without one, three quarters of what Java leaves.
    Optional<String> memoryLimit();

    /// DuckDB's threads; without a number, one per core.
    OptionalInt threads();

    /// How many queries run at once.
    @WithDefault("8")
    int maxRunning();

    /// How many queries wait for their turn; more are refused with 429.
    @WithDefault("64")
    int maxWaiting();

    /// How long a query may take, waiting and sending included.
    @WithDefault("60s")
    Duration deadline();

    /// How large a result may get; beyond, it is refused with 413 or broken off.
    @WithDefault("1G")
    MemorySize maxResult();

    /// How large a fragment for the coordinator may get; it stands in memory until it is sent.
    @WithDefault("4G")
    MemorySize maxFragment();

    /// How much the queries of callers may spill from memory, all together.
    @WithDefault("4G")
    MemorySize maxSpill();
}
