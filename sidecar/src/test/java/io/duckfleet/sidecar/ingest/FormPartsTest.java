package io.duckfleet.sidecar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormPartsTest {

    private static final String TYPE = "multipart/form-data; boundary=xyz";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FormParts parts(String type, byte[] body) throws IOException {
        return FormParts.of(type, new ByteArrayInputStream(body));
    }

    private static FormParts parts(String body) throws IOException {
        return parts(TYPE, bytes(body));
    }

    /// Name, file's name and content of each part.
    private static List<String> all(FormParts parts) throws IOException {
        List<String> all = new ArrayList<>();
        Optional<FormParts.Part> part = parts.next();
        while (part.isPresent()) {
            String content = new String(part.get().content().readAllBytes(), StandardCharsets.UTF_8);
            all.add("%s|%s|%s"
                    .formatted(part.get().name(), part.get().fileName().orElse("-"), content));
            part = parts.next();
        }
        return all;
    }

    @Test
    void readsFieldsAndFiles() throws IOException {
        String body = """
                a preamble
                --xyz
                Content-Disposition: form-data; name="table_name"

                events
                --xyz \t
                content-disposition: form-data; name="file"; filename="ä b.jsonl"
                Content-Type: text/plain

                {"a":1}
                {"a":2}

                --xyz
                Content-Disposition: form-data; name=empty


                --xyz--
                an epilogue""".replace("\n", "\r\n");

        assertThat(all(parts(body)))
                .containsExactly("table_name|-|events", "file|ä b.jsonl|{\"a\":1}\r\n{\"a\":2}\r\n", "empty|-|");
    }

    @Test
    void needsNoPreambleAndNoEpilogue() throws IOException {
        assertThat(all(parts("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--")))
                .containsExactly("a|-|1");
        assertThat(all(parts("--xyz--\r\n"))).isEmpty();
    }

    @Test
    void takesABoundaryInQuotes() throws IOException {
        String body = "--a b=c\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--a b=c--\r\n";

        assertThat(all(parts("multipart/form-data; boundary=\"a b=c\"", bytes(body))))
                .containsExactly("a|-|1");
    }

    @Test
    void leavesOutWhatHasNoName() throws IOException {
        String body =
                "--xyz\r\nX: y\r\n\r\nno name\r\n--xyz\r\n\r\nno head\r\n--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--\r\n";

        assertThat(all(parts(body))).containsExactly("a|-|1");
    }

    /// Headers as some clients write them: bare words, the name twice, encoded, or on a line of its own.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=file; filename=a.csv",
                "form-data; filename=\"a.csv\"; name=\"file\"",
                "form-data; name=\"file\"; filename=\"a.csv\"; filename*=UTF-8''a.csv",
                "form-data; name=file; filename*=UTF-8''%61.csv",
                "form-data; name=file; filename=\"=?utf-8?B?YS5jc3Y=?=\"",
                "form-data;\r\n name=\"file\";\r\n\tfilename=\"a.csv\"",
                "Form-Data; Name=\"file\"; FileName=\"a.csv\""
            })
    void readsHeadersOfAllKinds(String disposition) throws IOException {
        String body = "--xyz\r\nContent-Disposition: %s\r\n\r\n1\r\n--xyz--".formatted(disposition);

        assertThat(all(parts(body))).containsExactly("file|a.csv|1");
    }

    @Test
    void skipsWhatNobodyReads() throws IOException {
        String long1 = "x".repeat(300_000);
        FormParts parts = parts("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + long1
                + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n--xyz--\r\n");

        assertThat(parts.next().orElseThrow().content().read()).isEqualTo('x');
        assertThat(parts.next().orElseThrow().content().readAllBytes()).isEqualTo(bytes("2"));
        assertThat(parts.next()).isEmpty();
    }

    /// Content full of what nearly is the delimiter, in pieces of all sizes.
    @Test
    void findsTheDelimiterWhereverItIsCut() throws IOException {
        Random random = new Random(7);
        List<String> pieces =
                List.of("\r", "\n", "\r\n", "--", "\r\n--", "\r\n--xy", "\r\n-xyz", "x", "-", "\r\r\n--x");
        for (int round = 0; round < 300; round++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (content.size() < random.nextInt(1, 300)) {
                content.write(bytes(pieces.get(random.nextInt(pieces.size()))));
            }
            byte[] head = bytes("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n");
            byte[] tail = bytes("\r\n--xyz--\r\n");
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(head);
            body.write(content.toByteArray());
            body.write(tail);

            FormParts parts = FormParts.of(TYPE, dripping(body.toByteArray(), random));

            assertThat(parts.next().orElseThrow().content().readAllBytes()).isEqualTo(content.toByteArray());
            assertThat(parts.next()).isEmpty();
        }
    }

    private static InputStream dripping(byte[] body, Random random) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, random.nextInt(1, 20)));
            }
        };
    }

    @Test
    void contentOfManyBuffersComesThrough() throws IOException {
        byte[] content = new byte[1_000_003];
        new Random(3).nextBytes(content);
        byte[] head = bytes("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
        byte[] body = Arrays.copyOf(head, head.length + content.length + 11);
        System.arraycopy(content, 0, body, head.length, content.length);
        System.arraycopy(bytes("\r\n--xyz--\r\n"), 0, body, head.length + content.length, 11);

        assertThat(parts(TYPE, body).next().orElseThrow().content().readAllBytes())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no form at all",
                "--xyz",
                "--xyz-",
                "--xyz\r\n",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xy",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz",
                "--xyzzy\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--"
            })
    void refusesWhatIsNoWholeForm(String body) {
        assertThatThrownBy(() -> all(parts(body))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesHeadersWithoutEnd() {
        String many = "X: %s\r\n".formatted("y".repeat(100)).repeat(100);

        assertThatThrownBy(() -> all(parts("--xyz\r\n" + many + "\r\n1\r\n--xyz--")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("8192");
        assertThatThrownBy(() -> all(parts("--xyz\r\n" + "z".repeat(100_000))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("8192");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "nonsense", ""})
    void refusesAContentTypeWithoutBoundary(String type) {
        assertThatThrownBy(() -> parts(type, bytes("--xyz--"))).isInstanceOf(IOException.class);
    }
}
