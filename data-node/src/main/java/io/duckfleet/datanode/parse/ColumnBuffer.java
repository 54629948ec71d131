package io.duckfleet.datanode.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The values of one column, as they come, in the layout of Arrow: bits that tell which rows have a value,
/// and values of a fixed width, or ends of texts with the texts' bytes behind one another. Used again for the
/// next chunk. For one thread.
final class ColumnBuffer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_ROWS = 1 << 6;

    final PlainType type;
    private byte[] present = new byte[FIRST_ROWS / Byte.SIZE];
    private byte[] values;
    private byte[] text = new byte[0];
    private int rows;
    private int nulls;
    private int textLength;

    ColumnBuffer(PlainType type) {
        this.type = type;
        this.values = new byte[FIRST_ROWS * type.width()];
    }

    /// Forgets all values.
    void clear() {
        Arrays.fill(present, 0, bytesOfBits(rows), (byte) 0);
        rows = 0;
        nulls = 0;
        textLength = 0;
    }

    /// Adds the field in `bytes`, which is NULL when it is empty.
    void add(byte[] bytes, int from, int to) throws NotPlainException {
        int row = next();
        if (from == to) {
            nulls++;
            addNothing(row);
            return;
        }
        switch (type) {
            case BIGINT -> LONGS.set(values, row * Long.BYTES, PlainValues.integer(bytes, from, to));
            case DOUBLE ->
                LONGS.set(values, row * Long.BYTES, Double.doubleToRawLongBits(PlainValues.number(bytes, from, to)));
            case DATE -> INTS.set(values, row * Integer.BYTES, PlainValues.date(bytes, from, to));
            case TIMESTAMP -> LONGS.set(values, row * Long.BYTES, PlainValues.timestamp(bytes, from, to));
            case BOOLEAN -> addBoolean(row, PlainValues.isTrue(bytes, from, to));
            case VARCHAR -> addText(row, bytes, from, to - from);
        }
        present[row >> 3] = (byte) (present[row >> 3] | bit(row));
    }

    private void addNothing(int row) {
        switch (type) {
            case BIGINT, DOUBLE, TIMESTAMP -> LONGS.set(values, row * Long.BYTES, 0L);
            case DATE -> INTS.set(values, row * Integer.BYTES, 0);
            case BOOLEAN -> addBoolean(row, false);
            case VARCHAR -> INTS.set(values, row * Integer.BYTES, textLength);
        }
    }

    private void addBoolean(int row, boolean value) {
        int others = values[row >> 3] & ~bit(row);
        values[row >> 3] = (byte) (value ? others | bit(row) : others);
    }

    /// The bit of a row in the byte that has it.
    private static int bit(int row) {
        return 1 << (row & 7);
    }

    private void addText(int row, byte[] bytes, int from, int length) {
        if (text.length - textLength < length) {
            text = Arrays.copyOf(text, Math.max(text.length + text.length / 2, textLength + length + FIRST_ROWS));
        }
        System.arraycopy(bytes, from, text, textLength, length);
        textLength += length;
        INTS.set(values, row * Integer.BYTES, textLength);
    }

    private int next() {
        int width = type.width();
        if ((rows + 1) * width > values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
            present = Arrays.copyOf(present, 2 * present.length);
        }
        return rows++;
    }

    int rows() {
        return rows;
    }

    int nulls() {
        return nulls;
    }

    byte[] present() {
        return present;
    }

    int presentBytes() {
        return bytesOfBits(rows);
    }

    /// Values of a fixed width, bits for booleans; of texts their ends, without the beginning of the first.
    byte[] values() {
        return values;
    }

    int valueBytes() {
        return type == PlainType.BOOLEAN ? bytesOfBits(rows) : rows * type.width();
    }

    byte[] text() {
        return text;
    }

    int textBytes() {
        return textLength;
    }

    private static int bytesOfBits(int bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
