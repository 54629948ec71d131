package io.duckfleet.sidecar.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of the objects at one place of many records, in order of first sight. Names compare without
/// case; the first spelling names the field.
///
/// Records of one source mostly have the same fields in the same order, and the parser gives equal names as
/// the same instance: so a field is first looked for right behind the one before it, by identity.
public final class ObjectShape {

    /// How many different fields are told apart; objects with more are maps rather than records.
    static final int MAX_FIELDS = 1000;

    private static final int LOOK_AHEAD = 4;

    private final List<FieldShape> fields = new ArrayList<>();
    private final Map<String, FieldShape> bySpelling = new HashMap<>();
    private final Map<String, FieldShape> byFoldedName = new HashMap<>();
    private boolean wide;
    private long serial;
    private int next;

    /// The fields in order of first sight.
    public List<FieldShape> fields() {
        return Collections.unmodifiableList(fields);
    }

    /// The field of that name, whatever its case.
    public Optional<FieldShape> field(String name) {
        return Optional.ofNullable(byFoldedName.get(fold(name)));
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Whether there were more than [#MAX_FIELDS] different fields; the further ones aren't in [#fields()].
    boolean isWide() {
        return wide;
    }

    /// Begins the next object: all fields count as not yet seen in it.
    void begin() {
        serial++;
        next = 0;
    }

    /// The field `name` of the object that was begun.
    ///
    /// @throws RecordProblem if the object has had that name, or the name is no field's name
    FieldShape see(String name) {
        FieldShape field = known(name);
        if (field == null) {
            field = slowly(name);
        }
        if (field.seenIn == serial) {
            throw new RecordProblem(name, "the record has this name twice (names compare without case)");
        }
        field.seenIn = serial;
        return field;
    }

    void addAll(ObjectShape other) {
        wide |= other.wide;
        for (FieldShape theirs : other.fields) {
            FieldShape ours = slowly(theirs.name());
            ours.shape().addAll(theirs.shape());
            ours.respelled |= theirs.respelled;
        }
    }

    private @Nullable FieldShape known(String name) {
        int end = Math.min(fields.size(), next + LOOK_AHEAD);
        for (int i = next; i < end; i++) {
            FieldShape field = fields.get(i);
            if (isSame(field.name(), name)) {
                next = i + 1;
                return field;
            }
        }
        return null;
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"
    }) // the parser interns names; other instances go the slow way
    private static boolean isSame(String one, String other) {
        return one == other;
    }

    private FieldShape slowly(String name) {
        FieldShape spelled = bySpelling.get(name);
        if (spelled != null) {
            return spelled;
        }
        FieldNames.check(name);
        if (fields.size() == MAX_FIELDS && !byFoldedName.containsKey(fold(name))) {
            wide = true;
            return new FieldShape(name);
        }
        FieldShape field = byFoldedName.computeIfAbsent(fold(name), folded -> {
            FieldShape fresh = new FieldShape(name);
            fields.add(fresh);
            return fresh;
        });
        field.respelled |= !field.name().equals(name);
        bySpelling.put(name, field);
        return field;
    }

    /// One field: its name as first spelled, and the shape of its values.
    public static final class FieldShape {

        private final String name;
        private final Shape shape = new Shape();
        private final boolean reserved;
        private boolean respelled;
        private long seenIn;

        private FieldShape(String name) {
            this.name = name;
            this.reserved = ReservedFields.contains(name);
        }

        public String name() {
            return name;
        }

        public Shape shape() {
            return shape;
        }

        /// Whether every table has a column of this name.
        boolean isReserved() {
            return reserved;
        }

        /// Whether the field came in more than one spelling.
        boolean respelled() {
            return respelled;
        }
    }
}
