package io.duckfleet.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                        FleetTable.on(
                                URI.create("http://localhost:8001"), new TableName("labels"), new TableName("labels")),
                        FleetTable.on(
                                URI.create("http://node-2.internal:8002"),
                                new TableName("urls"),
                                new TableName("label_urls")),
                        FleetTable.on(
                                URI.create("https://node-3:443"), new TableName("plain"), new TableName("plain")));
        assertThat(config.lake()).isEmpty();
    }

    @Test
    void readsTablesOnSeveralNodes() throws IOException {
        FleetConfig config = read("""
                {"tables": {
                    "trips": {"mode": "shards", "nodes": [{"url": "a", "port": 1, "s3_url": "s3://b/1"}, {"url": "b", "port": 1}]},
                    "zones": {"mode": "replicas", "nodes": [{"url": "a", "port": 2}, {"url": "b", "port": 2}], "table_name": "z"},
                    "one": {"nodes": [{"url": "a", "port": 3}]}
                }}
                """);

        assertThat(config.tables())
                .containsExactly(
                        new FleetTable(
                                new TableName("trips"),
                                new TableName("trips"),
                                List.of(URI.create("http://a:1"), URI.create("http://b:1")),
                                NodeMode.SHARDS),
                        new FleetTable(
                                new TableName("zones"),
                                new TableName("z"),
                                List.of(URI.create("http://a:2"), URI.create("http://b:2")),
                                NodeMode.REPLICAS),
                        FleetTable.on(URI.create("http://a:3"), new TableName("one"), new TableName("one")));
    }

    @Test
    void tellsTheLineOfWhatIsWrong() {
        assertThatThrownBy(() -> read("""
                {"tables": {
                    "a": {"url": "h", "port": 1},
                    "b": {
                        "url": "h",
                        "port": 70000
                    }
                }}
                """)).hasMessageContaining("line 5: the port of table \"b\" is 70000");
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
            {"tables": {"a": {"nodes": [{"url": "h", "port": 1}, {"url": "h", "port": 2}]}}} | no "mode"; "shards" or "replicas" was expected
            {"tables": {"a": {"mode": "both", "nodes": [{"url": "h", "port": 1}]}}} | line 1: the mode of table "a" is "both"
            {"tables": {"a": {"mode": "shards", "nodes": []}}}                     | has no nodes
            {"tables": {"a": {"mode": "shards", "nodes": [{"url": "h", "port": 1}, {"url": "h", "port": 1}]}}} | has the node http://h:1 twice
            {"tables": {"a": {"url": "h", "nodes": [{"url": "h", "port": 1}]}}}    | has "nodes", so "url" and "port"
            {"tables": {"a": {"nodes": [{"url": "h", "port": 1, "host": 2}]}}}     | the key "host" is unknown
            {"tables": {"a": {"nodes": [null]}}}                                   | needs "url" and "port"
            {"tables": {"a": null}}                                                | needs "url" and "port"
            {"tables": {"a": {"url": "http://h/x", "port": 80}}}                   | an address such as http://host
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
