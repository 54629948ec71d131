package io.duckfleet.coordinator.plan;

/// A proof about a fragment: nobody reads those of its rows whose `key` is none of the values that `byKey`
/// has in what is fetched of table `by`. NULL counts as a value. The two columns are compared as they are.
public record SemiJoin(TableShape by, Column byKey, Column key) {

    @Override
    public String toString() {
        return "%s by %s.%s".formatted(key.name(), by.name(), byKey.name());
    }
}
