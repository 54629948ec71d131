package io.duckfleet.common.results;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// Writes what stands around the rows in a JSON answer: times, sources and whatever else the service tells.
@FunctionalInterface
public interface JsonTail {

    /// The name of the member that holds the rows.
    default String rowsName() {
        return "results";
    }

    /// Writes what stands before the rows, within the object.
    default void writeHead(JsonGenerator json) throws IOException {
        // Nothing, unless a service says otherwise.
    }

    /// Writes what follows the rows and `columns`. Called when all rows are written, within the object.
    void write(JsonGenerator json, List<ResultColumn> columns, long rowCount) throws IOException;
}
