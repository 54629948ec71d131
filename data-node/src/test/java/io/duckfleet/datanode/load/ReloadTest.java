package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.OpenTables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReloadTest extends ReloadFixture {

    @Test
    void servesTheNewTableOnceItIsWhole() {
        LoadService loads = loaded("t");
        String before = tables().version();
        put("t", "a,b\n1,x\n2,y\n3,z\n");

        LoadedTables table = loads.reload();

        assertThat(tables()).isSameAs(table);
        assertThat(table.rowCount()).isEqualTo(3);
        assertThat(table.first().columnNames()).containsExactly("a", "b");
        assertThat(table.version()).isNotEqualTo(before);
        assertThat(count("succeeded")).isEqualTo(1);
    }

    @Test
    void letsQueriesUnderWayFinishOnTheOldTable() {
        LoadService loads = loaded("t");
        OpenTables old = open();
        put("t", "a\n7\n");

        loads.reload();

        try (old) {
            assertThat(old.session().queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
        }
        assertThat(queryLong("SELECT sum(a) FROM t")).isEqualTo(7);
    }

    /// Whoever asks meanwhile gets the one table or the other, whole, and always an answer.
    @Test
    void answersReadersThroughoutReloads() {
        put("t", table(1));
        LoadService loads = loaded("t");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    while (!done.get()) {
                        seen.add(summary());
                    }
                }))
                .limit(2)
                .toList();

        for (int version = 2; version <= 4; version++) {
            put("t", table(version));
            loads.reload();
            String now = "%d rows of %d".formatted(100_000 * version, version);
            await(() -> seen.contains(now) || readers.stream().anyMatch(CompletableFuture::isDone));
        }

        done.set(true);
        readers.forEach(CompletableFuture::join);
        assertThat(seen)
                .contains("200000 rows of 2", "300000 rows of 3", "400000 rows of 4")
                .isSubsetOf("100000 rows of 1", "200000 rows of 2", "300000 rows of 3", "400000 rows of 4");
    }

    /// 100,000 rows for each version, all of which name it.
    private static String table(int version) {
        return "a\n" + "%d\n".formatted(version).repeat(100_000 * version);
    }

    private String summary() {
        return queryTexts("SELECT count(*) || ' rows of ' || string_agg(DISTINCT a, ' ') FROM t")
                .getFirst();
    }

    @Test
    void keepsTheOldTableWhenAReloadFails() {
        LoadService loads = loaded("t");
        LoadedTables before = tables();
        put("t", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.LOAD_FAILED);
        assertThat(error.detail()).startsWith("s3://files/t.csv is broken");
        assertThat(tables()).isSameAs(before);
        assertThat(loads.reloads().lastFailure().orElseThrow().reason()).isEqualTo(error.detail());
        assertThat(count("failed")).isEqualTo(1);
        assertThat(queryLong("SELECT sum(a) FROM t")).isEqualTo(3);
    }

    @Test
    void forgetsAFailureAfterTheNextSuccess() {
        LoadService loads = loaded("t");
        put("t", new byte[0]);
        assertThatThrownBy(loads::reload).isInstanceOf(FleetException.class);
        put("t", "a\n5\n");

        loads.reload();

        assertThat(loads.reloads()).isEqualTo(ReloadStatus.NONE);
    }

    @Test
    void refusesASecondTableThatDoesntFit() {
        put("t", "a\n" + "some text that takes room\n".repeat(400_000));
        LoadService loads = loadedWithin("100MB", "t");
        LoadedTables before = tables();
        put("t", "a\n" + "other text that takes room\n".repeat(8_000_000));

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_ENOUGH_MEMORY);
        assertThat(error.detail()).contains("beside the table that is served");
        assertThat(tables()).isSameAs(before);
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void refusesAReloadBeforeThereIsATable() {
        LoadService loads = service(Optional.empty(), "t");

        FleetException error = catchThrowableOfType(FleetException.class, loads::reload);

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_READY);
    }
}
