package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowQueryLogTest {

    private static final Column KEY = new Column("k", "BIGINT");
    private static final TableShape SMALL = new TableShape("small", Home.NODE, List.of(KEY), "1");
    private static final TableShape LARGE = new TableShape("large", Home.NODE, List.of(KEY), "1");

    @Test
    void tellsWhatEachFragmentCostInOneLine() {
        SlowQueryLog log = new SlowQueryLog(Duration.ofSeconds(1), new KeysEverywhere(0));
        KeySet keys = new KeySet(new SemiJoin(SMALL, KEY, KEY), "keys", Path.of("keys"), 3, false, false);
        FragmentPart part =
                new FragmentPart(TableFragment.whole(LARGE), List.of()).with(List.of(keys), Caching.ALLOWED);
        FetchedFragment fetched = new FetchedFragment(
                part, URI.create("http://node:1"), FragmentFile.owned(Path.of("f")), 7, 70, Duration.ofMillis(5), true);

        String line = log.line("id", "SELECT *\n  FROM large", List.of(fetched), Duration.ofMillis(1_500));

        assertThat(line)
                .startsWith("slow query id: 1500 ms; large at http://node:1: 7 rows (about ")
                .contains(" expected), 70 bytes, ")
                .endsWith(" ms, cached, semi-join of k by small.k, 3 keys; SELECT * FROM large")
                .doesNotContain("\n");
    }
}
