package io.duckfleet.common.results;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// Writes what follows `results` and `columns` in a JSON answer: times, sources and whatever else the service
/// tells. Called when all rows are written, within the object.
@FunctionalInterface
public interface JsonTail {

    void write(JsonGenerator json, List<ResultColumn> columns, long rowCount) throws IOException;
}
