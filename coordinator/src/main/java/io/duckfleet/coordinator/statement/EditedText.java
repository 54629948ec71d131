package io.duckfleet.coordinator.statement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A text of which some places were replaced; positions in the new text can be led back to the old one.
/// Immutable.
public final class EditedText {

    /// Replaces what stands from `start` to `end` (exclusive) of the original.
    public record Edit(int start, int end, String replacement) {

        public Edit {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("no place in a text: %d to %d".formatted(start, end));
            }
        }

        static Edit insert(int at, String text) {
            return new Edit(at, at, text);
        }
    }

    private final String original;
    private final List<Edit> edits;

    private EditedText(String original, List<Edit> edits) {
        this.original = original;
        this.edits = edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end))
                .toList();
    }

    /// The text as it is.
    public static EditedText of(String original) {
        return new EditedText(original, List.of());
    }

    /// With further edits, which don't overlap the ones that are there.
    EditedText with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new EditedText(original, all);
    }

    String original() {
        return original;
    }

    /// The text with all edits made.
    public String text() {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (Edit edit : edits) {
            text.append(original, copied, edit.start()).append(edit.replacement());
            copied = edit.end();
        }
        return text.append(original, copied, original.length()).toString();
    }

    /// The position in the original of what stands at `position` of the text; what was put in stands where
    /// the replaced place begins.
    public int inOriginal(int position) {
        int shift = 0;
        for (Edit edit : edits) {
            int start = edit.start() + shift;
            if (position < start) {
                break;
            }
            if (position < start + edit.replacement().length()) {
                return edit.start();
            }
            shift += edit.replacement().length() - (edit.end() - edit.start());
        }
        return Math.clamp(position - shift, 0, original.length());
    }
}
