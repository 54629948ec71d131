package io.duckfleet.sidecar.ingest;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which table records go into: the one that is named, else one called after the type of the data, else
/// `records`.
public final class TableChoice {

    private static final String FALLBACK = "records";
    private static final String NO_TYPE = "default";
    private static final int MAX_LENGTH = 63;

    private TableChoice() {}

    /// The table for a request that names `tableName` and `dataType`.
    ///
    /// @throws FleetException `invalid_request` if `tableName` is no table's name
    public static TableName of(Optional<String> tableName, Optional<String> dataType) {
        if (tableName.isPresent()) {
            return named(tableName.get());
        }
        return dataType.filter(type -> !type.equals(NO_TYPE))
                .map(TableChoice::ofType)
                .orElseGet(() -> new TableName(FALLBACK));
    }

    /// Refuses the name of a table in a parameter or field `table`: ignored, it would send records elsewhere.
    ///
    /// @throws FleetException `invalid_request` if there is one
    public static void requireNoOtherName(@Nullable String table) {
        if (table != null) {
            throw FleetException.invalid("table", "is called table_name here");
        }
    }

    private static TableName named(String text) {
        try {
            return new TableName(text);
        } catch (FleetException e) {
            throw FleetException.invalid("table_name", e.detail());
        }
    }

    /// What is no letter, digit or underscore becomes an underscore; a name that is none yet (a digit
    /// first, a reserved word) gets one more.
    private static TableName ofType(String type) {
        String text = type.replaceAll("[^A-Za-z0-9_]", "_");
        String name = text.substring(0, Math.min(text.length(), MAX_LENGTH));
        try {
            return new TableName(name);
        } catch (FleetException e) {
            return new TableName(Character.isDigit(name.charAt(0)) ? "_" + name : name + "_");
        }
    }
}
