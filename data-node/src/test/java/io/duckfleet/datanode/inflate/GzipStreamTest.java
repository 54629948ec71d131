package io.duckfleet.datanode.inflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK's deflater is the other side of every test.
class GzipStreamTest {

    private static final int LARGE = 3_000_000;

    static Stream<Named<byte[]>> contents() {
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("a byte", new byte[] {7}),
                Named.of("zeros", new byte[LARGE]),
                Named.of("noise", noise(1, LARGE)),
                Named.of("digits", digits(LARGE)),
                Named.of("repeats at every distance", repeats()),
                Named.of("rare symbols, so long codes", skewed(LARGE)),
                Named.of("noise and zeros in turns", turns()));
    }

    static Stream<Arguments> variants() {
        return contents()
                .flatMap(content -> Stream.of(0, 1, 6, 9)
                        .flatMap(level -> Stream.of(Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY)
                                .map(strategy -> Arguments.of(content, level, strategy))));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void givesWhatWasCompressed(byte[] content, int level, int strategy) throws IOException {
        byte[] file = gzip(content, level, strategy);

        assertThat(inflate(new ByteArrayInputStream(file))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 4_096})
    void readsInSmallSteps(int step) throws IOException {
        byte[] content = digits(200_000);
        byte[] file = gzip(content, 6, Deflater.DEFAULT_STRATEGY);

        assertThat(inflate(new Stepping(file, step))).isEqualTo(content);
    }

    @Test
    void readsMembersThatFollowOneAnother() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] member = digits(random.nextInt(2_000));
            file.write(gzip(member, 6, Deflater.DEFAULT_STRATEGY));
            content.write(member);
        }

        assertThat(inflate(new ByteArrayInputStream(file.toByteArray()))).isEqualTo(content.toByteArray());
    }

    @Test
    void skipsNamesCommentsAndExtraFields() throws IOException {
        byte[] plain = gzip(digits(100), 6, Deflater.DEFAULT_STRATEGY);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3});
        file.write(new byte[] {3, 0, 'x', 'y', 'z'});
        file.write("name.csv\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        file.write(new byte[] {1, 2});
        file.write(plain, 10, plain.length - 10);

        assertThat(inflate(new ByteArrayInputStream(file.toByteArray()))).isEqualTo(digits(100));
    }

    @Test
    void leavesWhatFollowsTheLastMember() throws IOException {
        byte[] file = gzip(digits(1_000), 6, Deflater.DEFAULT_STRATEGY);

        assertThat(inflate(new ByteArrayInputStream(Arrays.copyOf(file, file.length + 512))))
                .isEqualTo(digits(1_000));
    }

    @Test
    void noticesEveryCut() throws IOException {
        byte[] file = gzip(digits(5_000), 6, Deflater.DEFAULT_STRATEGY);

        for (int length = 1; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> inflate(new ByteArrayInputStream(cut)))
                    .isInstanceOfAny(EOFException.class, ZipException.class);
        }
    }

    @Test
    void noticesEveryBrokenByte() throws IOException {
        byte[] content = digits(5_000);
        byte[] file = gzip(content, 6, Deflater.DEFAULT_STRATEGY);

        for (int i = 10; i < file.length; i++) {
            byte[] broken = file.clone();
            broken[i] ^= 0x55;
            assertThatThrownBy(() -> inflate(new ByteArrayInputStream(broken)))
                    .isInstanceOfAny(EOFException.class, ZipException.class);
        }
    }

    @Test
    void endsOnNoiseWithAnError() {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] noise = noise(seed, 3_000);
            System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, noise, 0, 4);
            assertThatThrownBy(() -> inflate(new ByteArrayInputStream(noise)))
                    .isInstanceOfAny(EOFException.class, ZipException.class);
        }
    }

    @Test
    void refusesADistanceIntoTheMemberBefore() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(gzip(digits(1_000), 6, Deflater.DEFAULT_STRATEGY));
        Deflater deflater = new Deflater(6, true);
        deflater.setDictionary(digits(1_000));
        deflater.setInput(digits(1_000));
        deflater.finish();
        byte[] body = new byte[2_000];
        int length = deflater.deflate(body);
        deflater.end();
        file.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
        file.write(body, 0, length);
        file.write(new byte[8]);

        assertThatThrownBy(() -> inflate(new ByteArrayInputStream(file.toByteArray())))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("before the beginning");
    }

    @Test
    void refusesWhatIsNoGzip() {
        assertThatThrownBy(() -> inflate(new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ZipException.class);
    }

    private static byte[] inflate(InputStream file) throws IOException {
        try (GzipStream stream = new GzipStream(file)) {
            return stream.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content, int level, int strategy) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Levelled gzip = new Levelled(bytes, level, strategy)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] digits(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('0' + random.nextInt(10));
        }
        return bytes;
    }

    private static byte[] repeats() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int distance = 1; distance <= 300; distance++) {
            byte[] pattern = noise(distance, distance);
            for (int i = 0; i < 3 + 600 / distance; i++) {
                bytes.writeBytes(pattern);
            }
        }
        byte[] far = noise(99, 32_768);
        bytes.writeBytes(far);
        bytes.writeBytes(far);
        return bytes.toByteArray();
    }

    private static byte[] skewed(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(3);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) Math.min(255, (int) (-Math.log(1 - random.nextDouble()) * 12));
        }
        return bytes;
    }

    private static byte[] turns() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            bytes.writeBytes(noise(i, 10_000 + i * 991));
            bytes.writeBytes(new byte[i * 3_333]);
        }
        return bytes.toByteArray();
    }

    private static final class Levelled extends GZIPOutputStream {
        Levelled(ByteArrayOutputStream target, int level, int strategy) throws IOException {
            super(target);
            def.setLevel(level);
            def.setStrategy(strategy);
        }
    }

    /// Gives few bytes at a time.
    private static final class Stepping extends ByteArrayInputStream {
        private final int step;

        Stepping(byte[] bytes, int step) {
            super(bytes);
            this.step = step;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(step, length));
        }
    }
}
