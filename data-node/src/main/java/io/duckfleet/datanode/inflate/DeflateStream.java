package io.duckfleet.datanode.inflate;

import java.io.IOException;
import java.util.zip.ZipException;

/// The blocks of one member, one after the other.
final class DeflateStream {

    private static final int TYPE_STORED = 0;
    private static final int TYPE_FIXED = 1;
    private static final int TYPE_DYNAMIC = 2;
    private static final int LENGTH_MASK = 0xffff;

    private enum State {
        BETWEEN_BLOCKS,
        IN_STORED,
        IN_CODED,
        ENDED
    }

    private final BitInput input;
    private final DeflateCodes codes = new DeflateCodes();
    private State state = State.BETWEEN_BLOCKS;
    private boolean isLast;
    private int storedLeft;

    DeflateStream(BitInput input) {
        this.input = input;
    }

    /// A new member begins.
    void begin() {
        state = State.BETWEEN_BLOCKS;
        isLast = false;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    /// Writes from `begin` until `limit` is reached or the last block has ended; the last match may go
    /// [DeflateLoop#SLACK] bytes beyond.
    ///
    /// @param floor where the member's bytes begin
    /// @return the position behind what was written
    int inflate(byte[] out, int begin, int limit, int floor) throws IOException {
        int position = begin;
        while (position < limit && state != State.ENDED) {
            switch (state) {
                case BETWEEN_BLOCKS -> openBlock();
                case IN_STORED -> position = copyStored(out, position, limit);
                case IN_CODED -> position = decode(out, position, limit, floor);
                case ENDED -> throw new IllegalStateException("the loop has ended");
            }
        }
        return position;
    }

    private void openBlock() throws IOException {
        isLast = input.take(1) == 1;
        switch (input.take(2)) {
            case TYPE_STORED -> openStored();
            case TYPE_FIXED -> {
                codes.useFixed();
                state = State.IN_CODED;
            }
            case TYPE_DYNAMIC -> {
                codes.read(input);
                state = State.IN_CODED;
            }
            default -> throw new ZipException("a block is of no known type");
        }
        input.requireNotBeyondEnd();
    }

    private void openStored() throws IOException {
        input.drop(input.count % Byte.SIZE);
        int length = input.take(Short.SIZE);
        int complement = input.take(Short.SIZE);
        if (length != (~complement & LENGTH_MASK)) {
            throw new ZipException("a stored block's length is broken");
        }
        input.alignToByte();
        storedLeft = length;
        state = length == 0 ? afterBlock() : State.IN_STORED;
    }

    private int copyStored(byte[] out, int position, int limit) throws IOException {
        int copied = input.copy(out, position, Math.min(storedLeft, limit - position));
        storedLeft -= copied;
        if (storedLeft == 0) {
            state = afterBlock();
        }
        return position + copied;
    }

    private int decode(byte[] out, int position, int limit, int floor) throws IOException {
        input.fill();
        int end = DeflateLoop.run(codes, input, out, position, limit, floor);
        input.requireNotBeyondEnd();
        if (end >= 0) {
            return end;
        }
        state = afterBlock();
        return ~end;
    }

    private State afterBlock() {
        return isLast ? State.ENDED : State.BETWEEN_BLOCKS;
    }
}
