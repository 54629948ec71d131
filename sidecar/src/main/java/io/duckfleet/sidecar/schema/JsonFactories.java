package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;

/// The one set-up of the streaming parser. Its own limits stand beyond ours, so that ours are the ones that
/// are told.
public final class JsonFactories {

    private static final int MAX_NUMBER_LENGTH = 10_000;
    private static final int MAX_NESTING = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonFactories() {}

    /// A parser of a part of `body`, whose byte offsets count from the body's begin.
    public static JsonParser parser(byte[] body, int offset, int length) throws IOException {
        return FACTORY.createParser(body, offset, length);
    }

    /// A generator that writes UTF-8 to `target`; closing it closes that, too.
    public static JsonGenerator generator(OutputStream target) throws IOException {
        return FACTORY.createGenerator(target);
    }
}
