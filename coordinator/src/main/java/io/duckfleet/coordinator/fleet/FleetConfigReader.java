package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.BrokenJson;
import io.duckfleet.common.sql.TableName;
import java.io.IOException;
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
        return parse(file, bytes(file));
    }

    /// The configuration that `json`, the content of `file`, holds.
    static FleetConfig parse(Path file, byte[] json) {
        try {
            Document document = MAPPER.readValue(json, Document.class);
            ConfigText text = new ConfigText(file, JsonLines.of(json));
            if (document == null || document.tables() == null) {
                throw text.refuse("", "the key \"tables\" is missing");
            }
            return new FleetConfig(
                    tables(document.tables(), text),
                    Optional.ofNullable(document.lake()).map(lake -> lakeVariables(lake, text)));
        } catch (UnrecognizedPropertyException e) {
            throw ConfigText.refuse(
                    file,
                    lineOf(e.getLocation()),
                    "the key \"%s\" is unknown; known here: %s"
                            .formatted(e.getPropertyName(), e.getKnownPropertyIds()));
        } catch (JsonProcessingException e) {
            throw ConfigText.refuse(file, lineOf(e.getLocation()), BrokenJson.reason(e));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The file's content.
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static FleetException unreadable(Path file, IOException e) {
        return new FleetException(
                ErrorCode.INVALID_REQUEST,
                "the configuration %s can't be read: it is missing or no file".formatted(file),
                e);
    }

    private static List<FleetTable> tables(Map<String, @Nullable TableEntry> entries, ConfigText text) {
        Set<TableName> names = new HashSet<>();
        List<FleetTable> tables = new ArrayList<>();
        entries.forEach((key, entry) -> {
            String pointer = "/tables/" + key.replace("~", "~0").replace("/", "~1");
            if (entry == null) {
                throw text.refuse(pointer, "the table \"%s\" needs \"url\" and \"port\"".formatted(key));
            }
            FleetTable table = entry.table(key, pointer, text);
            if (!names.add(table.name())) {
                throw text.refuse(
                        pointer, "the table \"%s\" stands there twice (names compare without case)".formatted(key));
            }
            tables.add(table);
        });
        return tables;
    }

    private static Map<String, String> lakeVariables(Map<String, Object> lake, ConfigText text) {
        Map<String, String> variables = new TreeMap<>();
        lake.forEach((key, value) -> {
            if (!LAKE_KEYS.contains(key)) {
                throw text.refuse(
                        "/lake/" + key,
                        "the key \"%s\" of \"lake\" is unknown; known are %s, and secrets come from the environment"
                                .formatted(key, LAKE_KEYS.stream().sorted().toList()));
            }
            variables.put(key.toUpperCase(Locale.ROOT), String.valueOf(value));
        });
        return variables;
    }

    private static int lineOf(@Nullable JsonLocation at) {
        return at == null ? 0 : at.getLineNr();
    }

    private record Document(
            @Nullable Map<String, @Nullable TableEntry> tables,
            @Nullable Map<String, Object> lake) {}
}
