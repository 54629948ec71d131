package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `config.json` strictly: unknown keys, duplicate names, bad ports and bad addresses are refused with
/// their line.
public final class FleetConfigReader {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LARGEST_PORT = 65_535;

    private static final Set<String> LAKE_KEYS = Set.of(
            "s3_endpoint",
            "s3_bucket",
            "s3_region",
            "catalog_host",
            "catalog_port",
            "catalog_database",
            "catalog_user",
            "catalog_schema");

    private FleetConfigReader() {}

    /// The configuration that the file holds.
    ///
    /// @throws FleetException `invalid_request` that names the file, the line and what was expected there
    public static FleetConfig read(Path file) {
        try {
            Document document = MAPPER.readValue(Files.readAllBytes(file), Document.class);
            return new FleetConfig(
                    tables(file, document.tables()),
                    Optional.ofNullable(document.lake()).map(lake -> lakeVariables(file, lake)));
        } catch (UnrecognizedPropertyException e) {
            throw refuse(
                    file,
                    e.getLocation(),
                    "the key \"%s\" is unknown; known here: %s"
                            .formatted(e.getPropertyName(), e.getKnownPropertyIds()));
        } catch (JsonProcessingException e) {
            throw refuse(file, e.getLocation(), e.getOriginalMessage());
        } catch (IOException e) {
            throw new FleetException(
                    ErrorCode.INVALID_REQUEST,
                    "the configuration %s can't be read: it is missing or no file".formatted(file),
                    e);
        }
    }

    private static List<FleetTable> tables(Path file, @Nullable Map<String, Entry> entries) {
        if (entries == null) {
            throw refuse(file, null, "the key \"tables\" is missing");
        }
        Set<TableName> names = new HashSet<>();
        List<FleetTable> tables = new ArrayList<>();
        entries.forEach((key, entry) -> {
            FleetTable table = table(file, key, entry);
            if (!names.add(table.name())) {
                throw refuse(
                        file, null, "the table \"%s\" stands there twice (names compare without case)".formatted(key));
            }
            tables.add(table);
        });
        return tables;
    }

    private static FleetTable table(Path file, String key, @Nullable Entry entry) {
        if (entry == null || entry.url() == null || entry.port() == null) {
            throw refuse(file, null, "the table \"%s\" needs \"url\" and \"port\"".formatted(key));
        }
        if (entry.port() < 1 || entry.port() > LARGEST_PORT) {
            throw refuse(
                    file,
                    null,
                    "the port of table \"%s\" is %d; 1 to %d was expected".formatted(key, entry.port(), LARGEST_PORT));
        }
        try {
            TableName name = new TableName(key);
            TableName onNode = entry.tableName() == null ? name : new TableName(entry.tableName());
            return new FleetTable(name, onNode, address(entry.url(), entry.port()));
        } catch (FleetException | IllegalArgumentException e) {
            throw refuse(file, null, "table \"%s\": %s".formatted(key, e.getMessage()));
        }
    }

    /// A URL without a scheme means http.
    private static URI address(String url, int port) {
        String withScheme = url.contains("://") ? url : "http://" + url;
        URI parsed = URI.create(withScheme);
        if (parsed.getHost() == null
                || parsed.getPort() >= 0
                || !Set.of("http", "https").contains(parsed.getScheme())) {
            throw new IllegalArgumentException(
                    "the url is \"%s\"; an address such as http://host was expected, with the port beside it"
                            .formatted(url));
        }
        return URI.create("%s://%s:%d".formatted(parsed.getScheme(), parsed.getHost(), port));
    }

    private static Map<String, String> lakeVariables(Path file, Map<String, Object> lake) {
        Map<String, String> variables = new TreeMap<>();
        lake.forEach((key, value) -> {
            if (!LAKE_KEYS.contains(key)) {
                throw refuse(
                        file,
                        null,
                        "the key \"%s\" of \"lake\" is unknown; known are %s, and secrets come from the environment"
                                .formatted(key, LAKE_KEYS.stream().sorted().toList()));
            }
            variables.put(key.toUpperCase(Locale.ROOT), String.valueOf(value));
        });
        return variables;
    }

    private static FleetException refuse(Path file, @Nullable JsonLocation at, String message) {
        String line = at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr();
        return new FleetException(ErrorCode.INVALID_REQUEST, "%s%s: %s".formatted(file, line, message));
    }

    private record Document(
            @Nullable Map<String, Entry> tables, @Nullable Map<String, Object> lake) {}

    /// `s3_url` is for `duckfleet start`, which starts a node for it; the coordinator has no use for it.
    private record Entry(
            @Nullable String url,
            @Nullable Integer port,
            @JsonProperty("table_name") @Nullable String tableName,
            @JsonProperty("s3_url") @Nullable String s3Url) {}
}
