package io.duckfleet.coordinator.plan;

import io.duckfleet.common.statement.SelectStatement;
import java.util.Set;

/// Whether a statement's answer depends on which DuckDB runs it, or when, beside its tables: on the clock, on
/// random numbers, on names of databases and users. All else is the same everywhere, as every DuckDB of the
/// fleet is of one version and is opened with the same settings.
final class InstanceDependence {

    private static final Set<String> NAMES = Set.of(
            "error",
            "gen_random_uuid",
            "in_search_path",
            "random",
            "session_user",
            "setseed",
            "user",
            "uuid",
            "uuidv4",
            "uuidv7",
            "version");

    private InstanceDependence() {}

    static boolean in(SelectStatement statement) {
        return TimeDependence.in(statement)
                || CalledNames.in(statement).stream().anyMatch(InstanceDependence::isNamed);
    }

    private static boolean isNamed(String name) {
        return NAMES.contains(name) || name.startsWith("current_") || name.startsWith("pg_") || name.startsWith("has_");
    }
}
