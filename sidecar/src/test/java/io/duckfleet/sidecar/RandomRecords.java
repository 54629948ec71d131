package io.duckfleet.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random JSON records, the same for the same seed: fields of one kind and of mixed kinds, nested, absent
/// and null, Unicode, escapes, big numbers.
final class RandomRecords {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LETTERS = "aZ09 \"\\/\b\f\n\r\t\u0001'é漢字\u200d٣,:{}[]%_";
    private static final int FIELDS = 8;
    private static final int KINDS = 9;

    private final Random random;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    List<ObjectNode> batch(int count) {
        int[] kinds = random.ints(FIELDS, 0, KINDS).toArray();
        List<ObjectNode> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode entry = NODES.objectNode().put("n", i);
            for (int field = 0; field < FIELDS; field++) {
                if (random.nextInt(5) > 0) {
                    entry.set("f" + field, random.nextInt(8) == 0 ? NODES.nullNode() : value(kinds[field], 0));
                }
            }
            records.add(entry);
        }
        return records;
    }

    private JsonNode value(int kind, int depth) {
        return switch (kind) {
            case 0 -> NODES.numberNode(random.nextLong() >> random.nextInt(64));
            case 1 ->
                NODES.numberNode(BigDecimal.valueOf(random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10)));
            case 2 -> NODES.textNode(text());
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.numberNode(new BigInteger(60 + random.nextInt(80), random));
            case 5 -> depth > 2 ? NODES.textNode(text()) : list(depth);
            case 6 -> depth > 2 ? NODES.numberNode(random.nextInt()) : object(depth);
            case 7 -> value(random.nextInt(5), depth);
            default ->
                depth > 2 ? NODES.textNode(text()) : value(new int[] {0, 2, 3, 5, 6}[random.nextInt(5)], depth + 1);
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = NODES.arrayNode();
        int kind = random.nextInt(4);
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(6) == 0 ? NODES.nullNode() : value(kind, depth + 1));
        }
        return list;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = "k" + random.nextInt(3) + (random.nextInt(4) == 0 ? " \"é" : "");
            object.set(name, value(random.nextInt(4), depth + 1));
        }
        return object;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            if (random.nextInt(9) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(40));
            } else {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return text.toString();
    }
}
