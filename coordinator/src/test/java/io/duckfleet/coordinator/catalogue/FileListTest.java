package io.duckfleet.coordinator.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FileListTest {

    @Test
    void readsTheDayOffTheFolders() {
        assertThat(FileList.partitionDate("year=2026/month=2/day=3/ducklake-x.parquet"))
                .hasValue(LocalDate.of(2026, 2, 3));
        assertThat(FileList.partitionDate("year=2026/month=2/day=30/x.parquet")).isEmpty();
        assertThat(FileList.partitionDate("x.parquet")).isEmpty();
    }

    @Test
    void readsTheTimeOffAName() {
        assertThat(FileList.writtenAt("ducklake-0190163d-8694-739b-aea5-966c26f8ad91.parquet"))
                .hasValue(Instant.ofEpochMilli(0x0190163d8694L));
        assertThat(FileList.writtenAt("ducklake-0190163d-8694-439b-aea5-966c26f8ad91.parquet"))
                .isEmpty();
        assertThat(FileList.writtenAt("x.parquet")).isEmpty();
    }
}
