package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.datanode.load.CsvFixture.Content;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOptionsTest {

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    static Stream<Arguments> options() {
        return Stream.of(
                Arguments.of("a;b\n1;x\n", "delim=;", "delim = ';'"),
                Arguments.of("a\tb\n1\tx,y\n", "sep=\\t", "delim = '\t'"),
                Arguments.of("a,b\n1,~x,y~\n", "quote=~", "quote = '~'"),
                Arguments.of("a,b\n1,\"x\\\"y\"\n", "escape=\\", "escape = '\\'"),
                Arguments.of("1,x\n2,y\n", "header=true", "header = true"),
                Arguments.of("a,b\nc,d\n", "header=false", "header = false"),
                Arguments.of("junk\nmore\na,b\n1,2\n", "skip=2", "skip = 2"),
                Arguments.of("1,x\n", "names=p,q", "names = ['p', 'q']"),
                Arguments.of(
                        "a,b\n1,2.5\n",
                        "types=a:VARCHAR,b:DECIMAL(10,2)",
                        "types = {'a': 'VARCHAR', 'b': 'DECIMAL(10,2)'}"),
                Arguments.of("a,b\n1,NA\n-,x\n", "nulls=NA,-", "nullstr = ['NA', '-']"),
                Arguments.of("d\n03.02.2024\n04.02.2024\n", "dateformat=%d.%m.%Y", "dateformat = '%d.%m.%Y'"),
                Arguments.of("a;b\n1,5;x\n", "decimal_separator=,", "decimal_separator = ','"),
                Arguments.of("a,b\n1,2\n", "all_varchar=true", "all_varchar = true"),
                Arguments.of("a,b\n1,2\n3\n", "null_padding=true", "null_padding = true"),
                Arguments.of("a,b\n1,2\n3,4,5\n", "ignore_errors=true", "ignore_errors = true"),
                Arguments.of("a,b\n1,\"x\"y\n", "strict_mode=false", "strict_mode = false"),
                Arguments.of("A b,C\n1,2\n", "normalize_names=true", "normalize_names = true"),
                Arguments.of("a,b\n1,x#y\n", "comment=#", "comment = '#'"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void readsAsDuckDbDoesWithThem(String text, String option, String expected) {
        String url = files.server().put("options.csv", CsvFixture.utf8(text));

        Content loaded = files.loaded(CsvFixture.request(url, option));

        assertThat(loaded).isEqualTo(files.readByDuckDb(CsvFixture.utf8(text), ", " + expected));
    }

    @Test
    void readsOtherEncodings() {
        String url = files.server().put("latin1.csv", new byte[] {'a', ',', 'b', '\n', (byte) 0xe4, ',', '1', '\n'});

        Content loaded = files.loaded(CsvFixture.request(url, "encoding=latin-1"));

        assertThat(loaded.rows()).containsExactly(List.of("ä", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delimm=;",
                "filename=true",
                "skip=x",
                "header=maybe",
                "types=a",
                "delim",
                "=x",
                "hive_partitioning=true"
            })
    void refusesWhatItDoesntKnow(String option) {
        assertThatThrownBy(() -> ReadOptions.parse(List.of(option))).isInstanceOf(FleetException.class);
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThatThrownBy(() -> ReadOptions.parse(List.of("quot=x"))).hasMessageContaining("did you mean \"quote\"?");
    }

    @Test
    void refusesOptionsOfOtherFormats() {
        String url = files.server().put("o.json", CsvFixture.utf8("{\"a\":1}"));

        assertThatThrownBy(() -> files.loaded(CsvFixture.request(url, "delim=;")))
                .hasMessage("the option delim doesn't apply to JSON files");
    }

    @Test
    void takesValuesForWhatTheyAre() {
        String url = files.server().put("hostile.csv", CsvFixture.utf8("a,b\n1,x\n"));

        Content loaded = files.loaded(CsvFixture.request(url, "nulls=') ; DROP TABLE loaded; --,x"));

        assertThat(loaded.columns()).containsExactly("a BIGINT", "b VARCHAR");
        assertThat(loaded.rows().getFirst()).containsExactly(1L, null);
    }
}
