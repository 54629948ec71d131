package io.duckfleet.sidecar.buffer;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.Locale;

/// The room on the buffer's disk. Some of it is kept free, since a flush writes, too, before it makes room.
final class DiskRoom {

    private final Path directory;
    private final long reserveBytes;

    DiskRoom(Path directory, long reserveBytes) {
        this.directory = directory;
        this.reserveBytes = reserveBytes;
    }

    /// @throws FleetException `buffer_disk_full` if `bytes` more would take of the reserve
    void require(long bytes) {
        if (usable() < reserveBytes + bytes) {
            throw new FleetException(
                    ErrorCode.BUFFER_DISK_FULL,
                    "the disk of the buffer in %s has less than %d MiB left; make room, or wait for the next flush"
                            .formatted(directory, reserveBytes >> 20));
        }
    }

    /// Nothing, when the disk can't be asked.
    private long usable() {
        return directory.toFile().getUsableSpace();
    }

    /// Whether an error of DuckDB's comes from a disk without room.
    static boolean isShortage(FleetException error) {
        String detail = error.detail().toLowerCase(Locale.ROOT);
        return detail.contains("no space left")
                || detail.contains("disk full")
                || detail.contains("file too large")
                || detail.contains("quota exceeded")
                || error.code() == ErrorCode.STORAGE_UNREACHABLE;
    }

    static FleetException full(Path directory, FleetException cause) {
        return new FleetException(
                ErrorCode.BUFFER_DISK_FULL,
                "the disk of the buffer in %s can't be written, it is full or failing; the record wasn't taken"
                        .formatted(directory),
                cause);
    }
}
