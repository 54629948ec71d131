package io.duckfleet.coordinator.filefilter;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The filters of one column, by the addresses of its table's files. Guarded by who holds it.
final class ColumnFilters {

    /// How long is it before its table's files are looked at again.
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(5).toNanos();

    /// A column that nobody has asked for as long gives way to others.
    private static final long KEPT = Duration.ofMinutes(10).toNanos();

    private final Map<String, Sized> ofFiles = new HashMap<>();
    private long askedAt;
    private long lookedAt = System.nanoTime() - BETWEEN_LOOKS;
    private boolean isUnderWay;

    private record Sized(FileFilter filter, long bytes) {}

    /// Whether it is time to look at the files, which the caller does then, and says when it is done.
    boolean isToBeLookedAt() {
        askedAt = System.nanoTime();
        if (isUnderWay || askedAt - lookedAt < BETWEEN_LOOKS) {
            return false;
        }
        isUnderWay = true;
        return true;
    }

    void lookedAt() {
        lookedAt = System.nanoTime();
        isUnderWay = false;
    }

    boolean isForgotten() {
        return !isUnderWay && System.nanoTime() - askedAt > KEPT;
    }

    int size() {
        return ofFiles.size();
    }

    long bytes() {
        return ofFiles.values().stream().mapToLong(Sized::bytes).sum();
    }

    void add(DataFile file, FileFilter filter) {
        ofFiles.put(file.address(), new Sized(filter, FileFilter.bytes(file.records())));
    }

    /// Forgets the files that are gone, and gives those that have no filter yet.
    List<DataFile> missingOf(List<DataFile> files) {
        Set<String> addresses =
                new HashSet<>(files.stream().map(DataFile::address).toList());
        ofFiles.keySet().retainAll(addresses);
        return files.stream()
                .filter(file -> !ofFiles.containsKey(file.address()))
                .toList();
    }

    /// The files that don't hold the value of that hash.
    List<String> without(long hash) {
        return ofFiles.entrySet().stream()
                .filter(file -> !file.getValue().filter().mayHold(hash))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
