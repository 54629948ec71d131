package io.duckfleet.datanode.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.datanode.parse.PlainForm.PlainColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is parsed is what DuckDB's reader makes of the same bytes and types.
class PlainParserTest {

    private static final PlainForm FORM = new PlainForm(
            (byte) ',',
            '"',
            false,
            List.of(
                    new PlainColumn("i", PlainType.BIGINT),
                    new PlainColumn("d", PlainType.DOUBLE),
                    new PlainColumn("day", PlainType.DATE),
                    new PlainColumn("at", PlainType.TIMESTAMP),
                    new PlainColumn("b", PlainType.BOOLEAN),
                    new PlainColumn("t", PlainType.VARCHAR)));

    private static final String OPTIONS = """
            auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n',
            columns = {'i': 'BIGINT', 'd': 'DOUBLE', 'day': 'DATE', 'at': 'TIMESTAMP', 'b': 'BOOLEAN', 't': 'VARCHAR'}""";

    private static final ScratchDirectory SCRATCH = ScratchDirectory.create("test");
    private static final DuckDb DATABASE = DuckDb.inMemory(DuckDbSettings.in(SCRATCH.path()));

    @AfterContainer
    static void stop() {
        DATABASE.close();
        SCRATCH.close();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void readsAsDuckDbDoes(@ForAll("files") String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);

        ParsedChunk parsed = new PlainParser(FORM).parse(bytes, 0, bytes.length).orElseThrow();

        assertThat(inserted(parsed)).isEqualTo(readByDuckDb(bytes));
    }

    @Provide
    Arbitrary<String> files() {
        return Combinators.combine(integers(), numbers(), days(), instants(), booleans(), texts())
                .as((i, d, day, at, b, t) -> String.join(",", i, d, day, at, b, t) + "\n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(300)
                .map(lines -> String.join("", lines));
    }

    private static Arbitrary<String> integers() {
        return Arbitraries.longs()
                .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                .map(String::valueOf)
                .injectNull(0.1)
                .map(PlainParserTest::orEmpty);
    }

    /// All doubles, in as many digits as it takes, and those of people.
    private static Arbitrary<String> numbers() {
        Arbitrary<String> any = Arbitraries.doubles().map(value -> new BigDecimal(value.toString()).toPlainString());
        Arbitrary<String> usual = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000000000"), new BigDecimal("1000000000"))
                .ofScale(5)
                .map(BigDecimal::toPlainString);
        Arbitrary<String> whole = Arbitraries.longs().map(String::valueOf);
        return Arbitraries.oneOf(any, usual, whole, Arbitraries.of("0", "-0", "0.0", "-0.5", "0.30000000000000004"))
                .injectNull(0.1)
                .map(PlainParserTest::orEmpty);
    }

    private static Arbitrary<String> days() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1, 1, 1).toEpochDay(),
                        LocalDate.of(9999, 12, 31).toEpochDay())
                .map(day -> LocalDate.ofEpochDay(day).toString())
                .injectNull(0.1)
                .map(PlainParserTest::orEmpty);
    }

    private static Arbitrary<String> instants() {
        DateTimeFormatter seconds = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
        return Combinators.combine(
                        Arbitraries.longs().between(-62_000_000_000L, 250_000_000_000L),
                        Arbitraries.strings().numeric().ofMaxLength(6))
                .as((second, fraction) ->
                        LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(seconds)
                                + (fraction.isEmpty() ? "" : "." + fraction))
                .injectNull(0.1)
                .map(PlainParserTest::orEmpty);
    }

    private static Arbitrary<String> booleans() {
        return Arbitraries.of("true", "false", "");
    }

    /// The last column's: without a line break at its end even in a line of nothing else.
    private static Arbitrary<String> texts() {
        Arbitrary<String> bare = Arbitraries.strings()
                .withCharRange(' ', '\uD7FF')
                .excludeChars('"', ',')
                .ofMaxLength(40);
        Arbitrary<String> quoted = Arbitraries.of("\"a,b\"", "\"two\nlines\"", "\"東京, 🦆\"");
        return Arbitraries.oneOf(bare, quoted);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, 007",
        "BIGINT, +7",
        "BIGINT, 1_000",
        "BIGINT, 1e3",
        "BIGINT, 5.0",
        "BIGINT, -",
        "BIGINT, ' 5'",
        "BIGINT, 9223372036854775808",
        "DOUBLE, 1e3",
        "DOUBLE, .5",
        "DOUBLE, 5.",
        "DOUBLE, nan",
        "DOUBLE, 01.5",
        "DOUBLE, 1.2.3",
        "DOUBLE, 0x1F",
        "DOUBLE, 1234567890123456789d",
        "DATE, 2023-02-29",
        "DATE, 2024-1-31",
        "DATE, 0000-01-01",
        "DATE, 31/01/2024",
        "DATE, epoch",
        "TIMESTAMP, 2024-01-31",
        "TIMESTAMP, 2024-01-31 24:00:00",
        "TIMESTAMP, 2024-01-31T10:00:00",
        "TIMESTAMP, 2024-01-31 10:00:00Z",
        "TIMESTAMP, 2024-01-31 10:00:00.1234567",
        "BOOLEAN, 1",
        "BOOLEAN, TRUE",
        "BOOLEAN, yes"
    })
    void leavesOtherFormsToDuckDb(PlainType type, String value) {
        assertThat(isParsed(type, value + "\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "a\n\n",
                "a\r\n",
                "a\rb\n",
                "a,b\n",
                "\"\"\n",
                "a\"b\n",
                "\"a\" \n",
                "\"a\n",
                "\"a\"\"b\"\n",
                "a\0b\n"
            })
    void leavesOtherRecordsToDuckDb(String file) {
        assertThat(isParsed(PlainType.VARCHAR, file)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a\n", "a\nb", "\"a\"", "\"a\"\n"})
    void parsesALastRecordWithOrWithoutALineEnd(String file) {
        assertThat(isParsed(PlainType.VARCHAR, file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc3, 0xff})
    void leavesBytesThatAreNoUnicodeToDuckDb(int wrong) {
        byte[] bytes = {'a', (byte) wrong, 'b', '\n'};

        assertThat(parser(PlainType.VARCHAR).parse(bytes, 0, bytes.length)).isEmpty();
    }

    private static boolean isParsed(PlainType type, String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return parser(type).parse(bytes, 0, bytes.length).isPresent();
    }

    private static PlainParser parser(PlainType type) {
        return new PlainParser(new PlainForm((byte) ',', '"', false, List.of(new PlainColumn("c", type))));
    }

    private static List<String> inserted(ParsedChunk chunk) {
        try (Session session = DATABASE.open()) {
            chunk.update(session, "chunk", "CREATE TEMP TABLE inserted AS FROM chunk");
            return session.queryTexts("SELECT inserted::VARCHAR FROM inserted");
        }
    }

    private static List<String> readByDuckDb(byte[] bytes) {
        Path file = SCRATCH.newFile("oracle");
        try (Session session = DATABASE.open()) {
            Files.write(file, bytes);
            session.execute("CREATE TEMP TABLE read AS FROM read_csv(%s, %s)"
                    .formatted(Identifiers.literal(file.toString()), OPTIONS));
            Files.delete(file);
            return session.queryTexts("SELECT read::VARCHAR FROM read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
