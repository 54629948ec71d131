package io.duckfleet.generator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Writes one more record of its kind.
@FunctionalInterface
interface RecordWriter {

    void write(JsonGenerator json) throws IOException;
}
