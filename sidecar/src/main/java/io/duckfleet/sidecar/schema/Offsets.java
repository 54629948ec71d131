package io.duckfleet.sidecar.schema;

import java.util.Arrays;

/// Growing arrays of where records begin and end.
final class Offsets {

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;

    void add(int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        starts[size] = start;
        ends[size++] = end;
    }

    int size() {
        return size;
    }

    int[] starts() {
        return Arrays.copyOf(starts, size);
    }

    int[] ends() {
        return Arrays.copyOf(ends, size);
    }
}
