package io.duckfleet.datanode;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.common.query.Admission;
import io.duckfleet.common.query.Deadlines;
import io.duckfleet.common.results.ResultLimit;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.fragment.FragmentService;
import io.duckfleet.datanode.load.LoadMetrics;
import io.duckfleet.datanode.load.LoadRequest;
import io.duckfleet.datanode.load.LoadRequests;
import io.duckfleet.datanode.load.LoadService;
import io.duckfleet.datanode.load.LoadWatch;
import io.duckfleet.datanode.load.ObjectPattern;
import io.duckfleet.datanode.load.ProgressDisplay;
import io.duckfleet.datanode.load.ReadOptions;
import io.duckfleet.datanode.load.Shard;
import io.duckfleet.datanode.load.TableLoader;
import io.duckfleet.datanode.load.TableOption;
import io.duckfleet.datanode.load.WatchInterval;
import io.duckfleet.datanode.query.QueryMetrics;
import io.duckfleet.datanode.query.QueryService;
import io.duckfleet.datanode.query.TableQueries;
import io.duckfleet.datanode.table.Soundness;
import io.duckfleet.datanode.table.TableNames;
import io.duckfleet.datanode.table.TableSlot;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts the node's features together from its configuration.
final class NodeWiring {

    private static final Duration LONGEST_FRAGMENT = Duration.ofMinutes(10);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    LoadRequests requests(NodeConfig config) {
        ReadOptions options = ReadOptions.parse(
                config.options().map(text -> text.lines().toList()).orElse(List.of()));
        List<LoadRequest> requests = new ArrayList<>();
        requests.add(new LoadRequest(
                ObjectPattern.parse(config.s3Url()),
                new TableName(config.tableName()),
                options,
                config.filename(),
                config.shard().map(text -> Shard.parse(text, config.shardBy()))));
        config.moreTables().stream()
                .flatMap(String::lines)
                .map(TableOption::parse)
                .map(table ->
                        new LoadRequest(table.source(), table.name(), options, config.filename(), Optional.empty()))
                .forEach(requests::add);
        return new LoadRequests(requests);
    }

    @Produces
    @Singleton
    TableNames tableNames(LoadRequests requests) {
        return requests.names();
    }

    @Produces
    @Singleton
    SharedKey nodeKey(NodeConfig config) {
        return new SharedKey(config.key());
    }

    @Produces
    @Singleton
    ScratchDirectory scratch() {
        return ScratchDirectory.create("node");
    }

    void close(@Disposes ScratchDirectory scratch) {
        scratch.close();
    }

    @Produces
    @Singleton
    TableSlot slot() {
        return new TableSlot();
    }

    void close(@Disposes TableSlot slot) {
        slot.close();
    }

    @Produces
    @Singleton
    S3Client s3(NodeConfig config) {
        return S3Clients.standard(config.region());
    }

    void close(@Disposes S3Client client) {
        client.close();
    }

    @Produces
    @Singleton
    TableLoader loader(NodeConfig config, S3Client client, ScratchDirectory scratch, Clock clock) {
        DuckDbSettings settings = DuckDbSettings.in(scratch.path())
                .withMemoryLimit(config.memoryLimit())
                .withThreads(config.threads())
                .withMaxSpill(config.maxSpill().asLongValue());
        return new TableLoader(client, settings, scratch, clock);
    }

    @Produces
    @Singleton
    LoadService loads(LoadRequests requests, TableLoader loader, TableSlot slot, MeterRegistry registry, Clock clock) {
        return new LoadService(
                loader, requests, slot, new LoadMetrics(registry), ProgressDisplay.here(), clock, NodeWiring::giveUp);
    }

    @Produces
    @Singleton
    LoadWatch watch(LoadService loads) {
        return new LoadWatch(loads);
    }

    void close(@Disposes LoadWatch watch) {
        watch.close();
    }

    @Produces
    @Singleton
    WatchInterval watchInterval(NodeConfig config) {
        return new WatchInterval(config.watch());
    }

    private static void giveUp(String reason) {
        StandardError.tell(reason);
        Quarkus.asyncExit(1);
    }

    @Produces
    @Singleton
    Deadlines deadlines() {
        return new Deadlines();
    }

    void close(@Disposes Deadlines deadlines) {
        deadlines.close();
    }

    @Produces
    @Singleton
    Soundness soundness() {
        return new Soundness();
    }

    @Produces
    @Singleton
    TableQueries tableQueries(
            NodeConfig config, TableSlot slot, Deadlines deadlines, Soundness soundness, MeterRegistry registry) {
        Admission admission = new Admission(config.maxRunning(), config.maxWaiting());
        return new TableQueries(slot, admission, deadlines, soundness, new QueryMetrics(registry));
    }

    @Produces
    @Singleton
    QueryService queries(NodeConfig config, TableQueries queries, ScratchDirectory scratch, Clock clock) {
        Results results = new Results(scratch, limit(config.maxResult()));
        return new QueryService(queries, results, config.deadline(), clock);
    }

    @Produces
    @Singleton
    FragmentService fragments(NodeConfig config, TableQueries queries, ScratchDirectory scratch) {
        return new FragmentService(queries, scratch, LONGEST_FRAGMENT, limit(config.maxFragment()));
    }

    private static ResultLimit limit(MemorySize size) {
        return new ResultLimit(size.asLongValue());
    }
}
