package io.duckfleet.sidecar.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/// Walks records once, token by token: checks each, learns the shape of them all, and notes where each one
/// begins and ends. No object is made per record.
final class RecordScanner {

    private static final int MAX_DEPTH = 32;

    private static final ScanRules NONE = ScanRules.upTo(Integer.MAX_VALUE);

    private final JsonParser parser;
    private final ScanRules rules;

    RecordScanner(JsonParser parser) {
        this(parser, NONE);
    }

    RecordScanner(JsonParser parser, ScanRules rules) {
        this.parser = parser;
        this.rules = rules;
    }

    /// Scans the record whose first token is the parser's current one, into `shape`; the parser stands on
    /// its last token then, whatever happened.
    ///
    /// @throws RecordProblem if the record can't be taken; what was seen of it is in `shape` nevertheless
    void scan(ObjectShape shape) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new RecordProblem("", "a record is an object; found %s".formatted(describe(parser)));
        }
        JsonStreamContext outside = parser.getParsingContext().getParent();
        try {
            scanRecord(shape);
        } catch (RecordProblem problem) {
            skipTo(outside);
            throw problem;
        }
    }

    private void skipTo(JsonStreamContext outside) throws IOException {
        while (parser.currentToken() != JsonToken.END_OBJECT || !isCurrent(outside)) {
            if (parser.nextToken() == null) {
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the parser's contexts are its own, one per level
    private boolean isCurrent(JsonStreamContext context) {
        return parser.getParsingContext() == context;
    }

    private void scanRecord(ObjectShape shape) throws IOException {
        shape.begin();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            ObjectShape.FieldShape field = shape.see(name);
            if (shape.isWide()) {
                throw new RecordProblem(
                        name,
                        "the batch has more than %d different fields; nest them or split it"
                                .formatted(ObjectShape.MAX_FIELDS));
            }
            parser.nextToken();
            @Nullable ValueKind kind = in(name, field.shape(), 1);
            if (field.isReserved()) {
                ReservedFields.check(name, kind);
            }
            rules.checkDay(name, kind);
        }
    }

    /// @throws RecordProblem with `name` before the path of the field at fault
    private @Nullable ValueKind in(String name, Shape shape, int depth) throws IOException {
        try {
            return value(shape, depth);
        } catch (RecordProblem problem) {
            throw new RecordProblem(problem.field().isEmpty() ? name : name + "." + problem.field(), problem.reason());
        }
    }

    private @Nullable ValueKind value(Shape shape, int depth) throws IOException {
        @Nullable
        ValueKind kind = switch (parser.currentToken()) {
            case START_OBJECT -> object(shape, depth);
            case START_ARRAY -> array(shape, depth);
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT -> Numbers.kindOfInteger(parser);
            case VALUE_NUMBER_FLOAT -> Numbers.kindOfFloat(parser);
            case VALUE_TRUE, VALUE_FALSE -> ValueKind.BOOL;
            default -> null;
        };
        if (kind != null) {
            shape.add(kind);
        }
        return kind;
    }

    private ValueKind object(Shape shape, int depth) throws IOException {
        checkDepth(depth);
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return ValueKind.EMPTY_OBJECT;
        }
        ObjectShape objects = shape.objects();
        objects.begin();
        do {
            String name = parser.currentName();
            ObjectShape.FieldShape field = objects.see(name);
            parser.nextToken();
            in(name, field.shape(), depth + 1);
        } while (parser.nextToken() != JsonToken.END_OBJECT);
        return ValueKind.OBJECT;
    }

    private ValueKind array(Shape shape, int depth) throws IOException {
        checkDepth(depth);
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return ValueKind.EMPTY_ARRAY;
        }
        Shape elements = shape.elements();
        do {
            value(elements, depth + 1);
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return ValueKind.ARRAY;
    }

    private ValueKind text() throws IOException {
        CharSequence text = CharBuffer.wrap(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (Texts.hasLoneSurrogate(text)) {
            throw new RecordProblem("", "the text has half a surrogate pair, which no UTF-8 can hold");
        }
        return Texts.kindOf(text);
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new RecordProblem("", "objects and arrays are nested more than %d deep".formatted(MAX_DEPTH));
        }
    }

    private static String describe(JsonParser parser) {
        return switch (parser.currentToken()) {
            case END_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }
}
