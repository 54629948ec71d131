package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    "elsewhere": {"url": "http://node-7", "port": 8001}
                }}
                """);

        assertThat(config.nodes())
                .containsExactly(
                        new FleetNode("node-labels", "labels", "l", "s3://b/labels.csv.gz", 9011),
                        new FleetNode("node-parts-1", "parts", "parts", "s3://b/1.csv", 9012),
                        new FleetNode("node-parts-2", "parts", "parts", "s3://b/2.csv", 9013));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"tables": {"a": {"url": "http://far", "port": 1, "s3_url": "s3://b/k"}}}       | the node is to run here, but its url is "http://far"
            {"tables": {"a": {"url": "localhost", "port": 0, "s3_url": "s3://b/k"}}}        | a port from 1 to 65535
            {"tables": {"a": {"url": "localhost", "port": 1, "s3_url": "https://b/k"}}}     | s3://bucket/key was expected
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
