package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What has come is kept, and given again for as long as it holds.
class FragmentCacheTest {

    private static final int SIZE = 100;
    private static final URI NODE = URI.create("http://node:1");
    private static final Column KEY = new Column("k", "BIGINT");
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1));

    private final ScratchDirectory scratch = ScratchDirectory.create("test");
    private final FragmentCache cache = new FragmentCache(scratch, 4 * SIZE);
    private final Node node = new Node();
    private final CachedTransfer transfer = new CachedTransfer(node, cache);

    @BeforeEach
    void atVersionOne() {
        node.version = "1";
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    @Test
    void fetchesTheSameOnce() {
        FetchedFragment first = fetch("t", "1");
        FetchedFragment second = fetch("t", "1");

        assertThat(first.isCached()).isFalse();
        assertThat(second.isCached()).isTrue();
        assertThat(second.rows()).isEqualTo(first.rows());
        assertThat(second.file().path()).isEqualTo(first.file().path()).exists();
        assertThat(node.fetched).isEqualTo(1);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void fetchesAgainWhatHasAnotherVersionAndForgetsTheOld() {
        FetchedFragment old = fetch("t", "1");
        old.file().release();
        node.version = "2";

        assertThat(fetch("t", "2").isCached()).isFalse();
        assertThat(old.file().path()).doesNotExist();
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void asksTheNodeWhetherItsTableIsTheSame() {
        fetch("t", "1").file().release();
        node.version = "2";

        assertThat(fetch("t", "1").isCached()).isFalse();
        assertThat(node.fetched).isEqualTo(2);
    }

    @Test
    void failsWithItsNode() {
        fetch("t", "1").file().release();
        node.version = "";

        assertThat(catchCode(() -> fetch("t", "1"))).isEqualTo(ErrorCode.NODE_UNREACHABLE);
    }

    @Test
    void tellsKeysApart() {
        FetchedFragment one = fetchWithKeys("1");
        FetchedFragment other = fetchWithKeys("2");

        assertThat(other.isCached()).isFalse();
        assertThat(fetchWithKeys("1").isCached()).isTrue();
        assertThat(one.file().path()).isNotEqualTo(other.file().path());
    }

    @Test
    void dropsWhatWasAskedForTheLongestAgo() {
        for (String table : List.of("a", "b", "c", "d")) {
            fetch(table, "1").file().release();
        }
        fetch("a", "1").file().release();

        fetch("e", "1").file().release();

        assertThat(cache.bytes()).isEqualTo(4 * SIZE);
        assertThat(fetch("a", "1").isCached()).isTrue();
        assertThat(fetch("b", "1").isCached()).isFalse();
    }

    @Test
    void leavesAFileToThoseWhoReadIt() {
        FetchedFragment read = fetch("a", "1");
        for (String table : List.of("b", "c", "d", "e")) {
            fetch(table, "1").file().release();
        }

        assertThat(read.file().path()).exists();
        read.file().release();
        read.file().release();
        assertThat(read.file().path()).doesNotExist();
    }

    @Test
    void keepsNothingTooLargeAndNothingIfItMayNot() {
        FragmentCache none = new FragmentCache(scratch, 0);
        CachedTransfer without = new CachedTransfer(node, none);
        FetchedFragment fetched = without.fetch(part("t"), holding("t", "1"), scratch.newFile("f"), SOON);

        fetched.file().release();

        assertThat(none.size()).isZero();
        assertThat(fetched.file().path()).doesNotExist();
    }

    @Test
    void fetchesAgainForThoseWhoBypassIt() {
        fetch("t", "1").file().release();
        FragmentPart fresh = part("t").with(List.of(), Caching.BYPASSED);

        FetchedFragment fetched = transfer.fetch(fresh, holding("t", "1"), scratch.newFile("f"), SOON);

        assertThat(fetched.isCached()).isFalse();
        assertThat(fetch("t", "1").file().path()).isEqualTo(fetched.file().path());
        assertThat(Caching.of("max-age=0, No-Cache")).isEqualTo(Caching.BYPASSED);
        assertThat(Caching.of("max-age=60")).isEqualTo(Caching.ALLOWED);
        assertThat(Caching.of(null)).isEqualTo(Caching.ALLOWED);
    }

    @Test
    void keepsOneFormApartFromAnother() {
        FetchedFragment parquet = fetch("t", "1");
        FetchedFragment json =
                transfer.fetch(part("t").as(FragmentForm.JSON), holding("t", "1"), scratch.newFile("f"), SOON);

        assertThat(json.isCached()).isFalse();
        assertThat(json.file().path()).isNotEqualTo(parquet.file().path());
        assertThat(fetch("t", "1").isCached()).isTrue();
    }

    private FetchedFragment fetch(String table, String version) {
        return transfer.fetch(part(table), holding(table, version), scratch.newFile("f"), SOON);
    }

    private FetchedFragment fetchWithKeys(String keys) {
        Path file = scratch.newFile("keys");
        try {
            Files.writeString(file, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KeySet set = new KeySet(new SemiJoin(shape("u"), KEY, KEY), "keys", file, 1, false, false);
        FragmentPart part = part("t").with(List.of(set), Caching.ALLOWED);
        return transfer.fetch(part, holding("t", "1"), scratch.newFile("f"), SOON);
    }

    private static ErrorCode catchCode(Runnable action) {
        try {
            action.run();
        } catch (FleetException e) {
            return e.code();
        }
        throw new AssertionError("nothing was thrown");
    }

    private static FragmentPart part(String table) {
        return new FragmentPart(TableFragment.whole(shape(table)), List.of());
    }

    private static TableShape shape(String table) {
        return new TableShape(table, Home.NODE, List.of(KEY), "1");
    }

    private static Holding holding(String table, String version) {
        TableName name = new TableName(table);
        return new Holding(FleetTable.on(NODE, name, name), NODE, version);
    }

    /// A node that has one version of all tables, and is away without one.
    private static final class Node implements NodeTransfer {

        private String version = "";
        private int fetched;

        @Override
        public FetchedFragment fetch(FragmentPart part, Holding holder, Path target, Deadline deadline) {
            fetched++;
            try {
                Files.write(target, new byte[SIZE]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new FetchedFragment(
                    part, holder.node(), FragmentFile.owned(target), fetched, SIZE, Duration.ZERO, false);
        }

        @Override
        public boolean isCurrent(Holding holder, Deadline deadline) {
            if (version.isEmpty()) {
                throw new FleetException(ErrorCode.NODE_UNREACHABLE, "away");
            }
            return version.equals(holder.version());
        }
    }
}
