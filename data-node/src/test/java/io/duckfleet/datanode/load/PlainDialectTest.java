package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.datanode.parse.PlainForm;
import io.duckfleet.datanode.parse.PlainType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the sniffer says of a file decides whether it is parsed without DuckDB.
class PlainDialectTest {

    private static final String USUAL = "id,amount,day,at_time,ok,name\n"
            + "1,2.50,2024-01-31,2024-01-31 10:00:00,true,Duck\n".repeat(20)
            + "2,,2024-02-29,2024-01-31 10:00:00.5,false,Ünicorn\n";

    @Test
    void parsesUsualFilesItself() throws IOException {
        PlainForm form = form(USUAL).orElseThrow();

        assertThat(form.columns())
                .extracting(PlainForm.PlainColumn::type)
                .containsExactly(
                        PlainType.BIGINT,
                        PlainType.DOUBLE,
                        PlainType.DATE,
                        PlainType.TIMESTAMP,
                        PlainType.BOOLEAN,
                        PlainType.VARCHAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void parsesOtherDelimitersQuotesAndLineEnds(String delimiter) throws IOException {
        String text =
                USUAL.replace("Duck", "\"Duck, Duck\"").replace(",", delimiter).replace("\n", "\r\n");

        PlainForm form = form(text).orElseThrow();

        assertThat(form.delimiter()).isEqualTo((byte) delimiter.charAt(0));
        assertThat(form.endsWithCarriageReturn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"nullstr=NA", "ignore_errors=true", "comment=#", "dateformat=%d/%m/%Y", "force_not_null=name"})
    void leavesFilesWithOptionsForValuesToDuckDb(String option) throws IOException {
        assertThat(form(USUAL, option)).isEmpty();
    }

    @Test
    void leavesFieldsBetweenSpacesToDuckDb() throws IOException {
        assertThat(form("a b\n1 x\n2 y\n", "delim= ")).isEmpty();
    }

    @Test
    void leavesOtherFormatsToDuckDb() throws IOException {
        assertThat(form(USUAL.replace("2024-01-31,", "31/01/2024,").replace("2024-02-29,", "29/02/2024,")))
                .isEmpty();
    }

    private static Optional<PlainForm> form(String text, String... options) throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create("test");
                DuckDb database = DuckDb.inMemory(DuckDbSettings.in(scratch.path()))) {
            Path file = scratch.newFile("sample");
            Files.writeString(file, text);
            ReadOptions read = ReadOptions.parse(List.of(options));
            return PlainDialect.formOf(database.withSession(session -> CsvDialect.sniff(session, file, read)));
        }
    }
}
