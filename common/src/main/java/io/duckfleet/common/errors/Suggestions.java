package io.duckfleet.common.errors;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Names that a caller may have meant: those within a third of the name's length in edits (Levenshtein),
/// nearest first, at most three.
public record Suggestions(List<String> names) {

    public Suggestions {
        names = List.copyOf(names);
    }

    /// The names among `known` that are near to `name`; case doesn't count.
    public static Suggestions near(String name, Collection<String> known) {
        int allowed = Math.max(1, name.length() / 3);
        return new Suggestions(known.stream()
                .filter(candidate -> distance(name, candidate) <= allowed)
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList());
    }

    /// `; did you mean "labels"?`, or nothing when no name is near.
    public String didYouMean() {
        return names.isEmpty() ? "" : "; did you mean \"%s\"?".formatted(String.join("\" or \"", names));
    }

    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] previous = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
