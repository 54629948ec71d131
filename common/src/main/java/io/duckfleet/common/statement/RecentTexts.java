package io.duckfleet.common.statement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What was made of the texts that were used last, of statements that are not long: what is made of one may
/// be a hundred times as large. Thread-safe.
public final class RecentTexts<V> {

    private static final int MOST_TEXTS = 128;
    private static final int LONGEST_TEXT = 2_000;

    private final Map<String, V> made = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_TEXTS;
        }
    };

    /// What `maker` makes of the text, or made before. It is called without a lock.
    public V of(String text, Function<String, V> maker) {
        if (text.length() > LONGEST_TEXT) {
            return maker.apply(text);
        }
        Optional<V> known = find(text);
        if (known.isPresent()) {
            return known.get();
        }
        V value = maker.apply(text);
        keep(text, value);
        return value;
    }

    private synchronized Optional<V> find(String text) {
        return Optional.ofNullable(made.get(text));
    }

    private synchronized void keep(String text, V value) {
        made.put(text, value);
    }
}
