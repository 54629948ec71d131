package io.duckfleet.generator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of records that can be generated.
public enum RecordKind {
    USER,
    TRANSACTION,
    EVENT,
    PRODUCT,
    SENSOR;

    /// The name that users write, such as `user`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind that is written as `text`, in any case.
    public static Optional<RecordKind> of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equalsIgnoreCase(text))
                .findFirst();
    }

    RecordWriter writer(Draws draws) {
        return switch (this) {
            case USER -> new UserRecords(draws);
            case TRANSACTION -> new TransactionRecords(draws);
            case EVENT -> new EventRecords(draws);
            case PRODUCT -> new ProductRecords(draws);
            case SENSOR -> new SensorRecords(draws);
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
