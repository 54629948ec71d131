package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnConfigTest {

    @TempDir
    private Path folder;

    @Test
    void wantsANodeForEachS3Url() throws IOException {
        OwnConfig config = read("""
                {"tables": {
                    "labels": {"url": "http://localhost", "port": 9011, "table_name": "l", "s3_url": "s3://b/labels.csv.gz"},
                    "parts": {"mode": "shards", "nodes": [
                        {"url": "localhost", "port": 9012, "s3_url": "s3://b/1.csv"},
                        {"url": "localhost", "port": 9013, "s3_url": "s3://b/2.csv"}]},
                    "more": {"url": "localhost", "port": 9011, "s3_url": "s3://b/more.csv.gz"},
                    "elsewhere": {"url": "http://node-7", "port": 8001}
                }}
                """);

        assertThat(config.nodes())
                .containsExactly(
                        new FleetNode(
                                "node-labels",
                                9011,
                                List.of(
                                        new FleetNode.Table("labels", "l", "s3://b/labels.csv.gz"),
                                        new FleetNode.Table("more", "more", "s3://b/more.csv.gz"))),
                        new FleetNode(
                                "node-parts-1", 9012, List.of(new FleetNode.Table("parts", "parts", "s3://b/1.csv"))),
                        new FleetNode(
                                "node-parts-2", 9013, List.of(new FleetNode.Table("parts", "parts", "s3://b/2.csv"))));
    }

    @Test
    void loadsATableOnceThatHasTwoNames() throws IOException {
        OwnConfig config = read("""
                {"tables": {
                    "a": {"url": "localhost", "port": 9011, "table_name": "t", "s3_url": "s3://b/t.csv"},
                    "b": {"url": "localhost", "port": 9011, "table_name": "t", "s3_url": "s3://b/t.csv"}
                }}
                """);

        assertThat(config.nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.loaded()).containsExactly("t=s3://b/t.csv"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tables": {"a": {"url": "http://far", "port": 1, "s3_url": "s3://b/k"}}}       | the node is to run here, but its url is "http://far"
            {"tables": {"a": {"url": "localhost", "port": 0, "s3_url": "s3://b/k"}}}        | a port from 1 to 65535
            {"tables": {"a": {"url": "localhost", "port": 1, "s3_url": "https://b/k"}}}     | s3://bucket/key was expected
            {"tables": {"a": {"url": "localhost", "port": 1, "s3_url": "s3://b/k"}, "b": {"url": "localhost", "port": 1, "table_name": "A", "s3_url": "s3://b/l"}}} | give this one another table_name
            {"tables": {"a b": {"url": "localhost", "port": 1, "s3_url": "s3://b/k"}}}      | "a b" is no table name
            {"tables": {"a": {"url": "localhost", "port": 1, "table_name": "select", "s3_url": "s3://b/k"}}} | reserved word
            {"tables": []}                                                                  | has no object "tables"
            {"tables":                                                                      | line 1
            """)
    void refusesWhatItCannotStart(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CommandFailure.class).hasMessageContaining(message);
    }

    private OwnConfig read(String json) throws IOException {
        return OwnConfig.read(Files.writeString(folder.resolve("config.json"), json));
    }
}
