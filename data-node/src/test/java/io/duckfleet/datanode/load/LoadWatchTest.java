package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.datanode.table.LoadedTables;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// `--watch`: what has changed at S3 is loaded again by itself.
class LoadWatchTest extends ReloadFixture {

    @Test
    void loadsWhatHasChangedByItself() {
        LoadService loads = loaded("t");
        String before = tables().version();
        try (LoadWatch watch = new LoadWatch(loads)) {
            watch.start(Duration.ofMillis(10));
            put("t", "a\n40\n2\n");

            await(() -> !tables().version().equals(before));

            assertThat(queryLong("SELECT sum(a) FROM t")).isEqualTo(42);
        }
    }

    @Test
    void leavesWhatHasNotChanged() {
        LoadService loads = loaded("t");
        LoadedTables before = tables();

        loads.reloadIfChanged();

        assertThat(tables()).isSameAs(before);
        assertThat(count("succeeded")).isZero();
    }

    @Test
    void goesOnLookingAfterAFailure() {
        LoadService loads = loaded("t");
        String before = tables().version();
        try (LoadWatch watch = new LoadWatch(loads)) {
            put("t", new byte[0]);
            watch.start(Duration.ofMillis(10));
            await(() -> loads.reloads().lastFailure().isPresent());
            put("t", "a\n9\n");

            await(() -> !tables().version().equals(before));

            assertThat(tables().rowCount()).isEqualTo(1);
        }
    }
}
