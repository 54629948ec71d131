package io.duckfleet.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetConfigReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsTablesWithTheirNodes() throws IOException {
        FleetConfig config = read("""
                {"tables": {
                    "labels": {"url": "http://localhost", "port": 8001, "table_name": "labels"},
                    "urls": {"url": "node-2.internal", "port": 8002, "table_name": "label_urls", "s3_url": "s3://b/k"},
                    "plain": {"url": "https://node-3", "port": 443}
                }}
                """);

        assertThat(config.tables())
                .containsExactly(
                        new FleetTable(
                                new TableName("labels"), new TableName("labels"), URI.create("http://localhost:8001")),
                        new FleetTable(
                                new TableName("urls"),
                                new TableName("label_urls"),
                                URI.create("http://node-2.internal:8002")),
                        new FleetTable(
                                new TableName("plain"), new TableName("plain"), URI.create("https://node-3:443")));
        assertThat(config.lake()).isEmpty();
    }

    @Test
    void readsTheLakesSettingsAsVariables() throws IOException {
        FleetConfig config = read("{\"tables\": {}, \"lake\": {\"catalog_host\": \"db\", \"catalog_port\": 5433}}");

        assertThat(config.lake()).contains(Map.of("CATALOG_HOST", "db", "CATALOG_PORT", "5433"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tables": {"a": {"url": "http://h", "port": 0}}}                      | port of table "a" is 0
            {"tables": {"a": {"url": "http://h", "port": 70000}}}                  | 1 to 65535 was expected
            {"tables": {"a": {"url": "http://h"}}}                                 | needs "url" and "port"
            {"tables": {"a": {"url": "http://h:80", "port": 80}}}                  | with the port beside it
            {"tables": {"a": {"url": "ftp://h", "port": 80}}}                      | an address such as http://host
            {"tables": {"a b": {"url": "http://h", "port": 80}}}                   | is no table name
            {"tables": {"a": {"url": "h", "port": 1}, "A": {"url": "h", "port": 2}}} | stands there twice
            {"tables": {"a": {"url": "h", "port": 1}, "a": {"url": "h", "port": 2}}} | line 1: Duplicate field 'a'
            {"tables": {"a": {"url": "h", "port": 1, "prot": 2}}}                  | line 1: the key "prot" is unknown
            {"tabels": {}}                                                         | the key "tabels" is unknown
            {}                                                                     | the key "tables" is missing
            {"tables": {}, "lake": {"catalog_password": "x"}}                      | secrets come from the environment
            {"tables": {}                                                          | line
            """)
    void refusesWhatItDoesNotUnderstand(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
    }

    @Test
    void tellsThatTheFileIsMissing() {
        assertThatThrownBy(() -> FleetConfigReader.read(folder.resolve("none.json")))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("none.json can't be read");
    }

    private FleetConfig read(String json) throws IOException {
        return FleetConfigReader.read(Files.writeString(folder.resolve("config.json"), json));
    }
}
