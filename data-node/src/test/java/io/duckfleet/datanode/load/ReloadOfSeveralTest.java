package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.table.LoadProgress;
import io.duckfleet.datanode.table.LoadedTables;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Tables of one node are loaded together.
class ReloadOfSeveralTest extends ReloadFixture {

    @Test
    void loadsSeveralTablesAgainTogether() {
        put("u", "a,n\n1,one\n2,two\n");
        LoadService loads = loaded("t", "u");
        String before = tables().version();
        put("u", "a,n\n2,zwei\n");

        loads.reloadIfChanged();

        assertThat(tables().version()).isNotEqualTo(before);
        assertThat(tables().all())
                .allSatisfy(table -> assertThat(table.version()).isEqualTo(tables().version()));
        assertThat(queryTexts("SELECT n FROM t JOIN u USING (a)")).containsExactly("zwei");
    }

    @Test
    void keepsAllTablesWhenOneCantBeLoadedAgain() {
        put("u", "a,n\n1,one\n");
        LoadService loads = loaded("t", "u");
        LoadedTables before = tables();
        put("t", "a\n5\n");
        put("u", new byte[0]);

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.detail()).startsWith("s3://files/u.csv is empty");
        assertThat(tables()).isSameAs(before);
        assertThat(queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
    }

    @Test
    void tellsTheProgressOfAllTablesTogether() {
        put("u", "a\n" + "1\n".repeat(1_000));
        LoadRequests requests = requests("t", "u");
        AtomicReference<LoadProgress> last = new AtomicReference<>(LoadProgress.NONE);

        try (LoadedTables tables = loader(Optional.empty()).load(requests, new LoadMeter(last::set))) {
            assertThat(last.get().rows()).isEqualTo(1_002).isEqualTo(tables.rowCount());
            assertThat(last.get().bytesRead()).isEqualTo(last.get().bytesTotal());
            assertThat(last.get().bytesTotal()).isEqualTo(tables.objectBytes());
            assertThat(tables.sizeBytes()).isPositive();
        }
    }
}
