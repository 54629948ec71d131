package io.duckfleet.coordinator.plan;

import io.duckfleet.common.duckdb.Session;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The names of DuckDB's functions that are functions of single values, and nothing else by the same name:
/// no aggregate, no macro. Every DuckDB of the fleet has the same.
record ScalarFunctions(Set<String> names) {

    private static final AtomicReference<ScalarFunctions> KNOWN = new AtomicReference<>(new ScalarFunctions(Set.of()));

    ScalarFunctions {
        names = Set.copyOf(names);
    }

    static ScalarFunctions of(Session session) {
        ScalarFunctions known = KNOWN.get();
        if (!known.names.isEmpty()) {
            return known;
        }
        ScalarFunctions read = new ScalarFunctions(Set.copyOf(session.queryTexts("""
                SELECT lower(function_name) FROM duckdb_functions()
                GROUP BY ALL HAVING bool_and(function_type = 'scalar')""")));
        KNOWN.set(read);
        return read;
    }

    boolean contains(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }
}
