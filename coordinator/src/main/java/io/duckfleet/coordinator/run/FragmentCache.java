package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the files of fragments that have come, up to so many bytes in all; those that nobody has asked for
/// the longest go first. A file that a query reads stays until that has ended, wherever it is counted.
/// Thread-safe.
public final class FragmentCache {

    /// One fragment may fill this part of the cache.
    private static final int LARGEST_SHARE = 4;

    private final Path folder;
    private final long mostBytes;
    private final Map<FragmentKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long files;
    private long hits;
    private long misses;

    /// A file with how many queries read it; it is deleted when it has left the cache and none does.
    private static final class Entry {

        private final Path path;
        private final URI node;
        private final long rows;
        private final long bytes;
        private int readers;
        private boolean isOut;

        Entry(Path path, FetchedFragment fetched) {
            this.path = path;
            this.node = fetched.node();
            this.rows = fetched.rows();
            this.bytes = fetched.bytes();
        }
    }

    /// What the cache has of a fragment.
    record Kept(FragmentFile file, URI node, long rows, long bytes) {}

    /// A cache of `mostBytes` in a folder of `scratch`; 0 keeps nothing.
    public FragmentCache(ScratchDirectory scratch, long mostBytes) {
        this.folder = scratch.path().resolve("cache");
        this.mostBytes = mostBytes;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is kept under `key`, to be released.
    synchronized Optional<Kept> find(FragmentKey key) {
        Optional<Kept> kept = Optional.ofNullable(entries.get(key)).map(this::lend);
        if (kept.isPresent()) {
            hits++;
        } else {
            misses++;
        }
        return kept;
    }

    /// Keeps what has come, unless it is too large; takes over its file then. Gives what the query is to use
    /// in its place. Answers of the table's earlier versions go.
    synchronized FetchedFragment keep(FragmentKey key, FetchedFragment fetched) {
        if (fetched.bytes() > mostBytes / LARGEST_SHARE) {
            return fetched;
        }
        List<FragmentKey> old = new ArrayList<>(entries.keySet().stream()
                .filter(other -> key.replaces(other) || key.equals(other))
                .toList());
        old.forEach(this::remove);
        Entry entry = new Entry(moved(fetched.file().path()), fetched);
        entries.put(key, entry);
        bytes += entry.bytes;
        Kept kept = lend(entry);
        while (bytes > mostBytes) {
            remove(entries.keySet().iterator().next());
        }
        return new FetchedFragment(
                fetched.part(),
                fetched.node(),
                kept.file(),
                fetched.rows(),
                fetched.bytes(),
                fetched.duration(),
                false);
    }

    /// How many bytes are kept.
    public synchronized long bytes() {
        return bytes;
    }

    /// How many fragments are kept.
    public synchronized long size() {
        return entries.size();
    }

    /// How many fragments were found here.
    public synchronized long hits() {
        return hits;
    }

    /// How many were looked for and not found.
    public synchronized long misses() {
        return misses;
    }

    private Path moved(Path file) {
        try {
            return Files.move(file, folder.resolve(Long.toString(files++)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Kept lend(Entry entry) {
        entry.readers++;
        return new Kept(new Lent(entry), entry.node, entry.rows, entry.bytes);
    }

    private void remove(FragmentKey key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.bytes;
            entry.isOut = true;
            deleteIfUnread(entry);
        }
    }

    private static void deleteIfUnread(Entry entry) {
        if (entry.isOut && entry.readers == 0) {
            FragmentFile.delete(entry.path);
        }
    }

    private synchronized void giveBack(Lent lent) {
        if (!lent.isReleased) {
            lent.isReleased = true;
            lent.entry.readers--;
            deleteIfUnread(lent.entry);
        }
    }

    private final class Lent implements FragmentFile {

        private final Entry entry;
        private boolean isReleased;

        Lent(Entry entry) {
            this.entry = entry;
        }

        @Override
        public Path path() {
            return entry.path;
        }

        @Override
        public void release() {
            giveBack(this);
        }
    }
}
