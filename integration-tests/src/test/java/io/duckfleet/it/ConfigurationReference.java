package io.duckfleet.it;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// docs/configuration.md, written from the services' configuration interfaces: their keys, defaults and
/// comments.
final class ConfigurationReference {

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile(
            "((?:    ///[^\n]*\n)+)(?:    @WithDefault\\(\"([^\"]*)\"\\)\n)?    ([A-Za-z<>]+) (\\w+)\\(\\);");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_0-9]+):?.*}");

    private static final String HEAD = """
            # Configuration

            Written from the configuration interfaces of the services; a test keeps it true. Each setting can be given as a Java system property
            (`-Dduckfleet.node.deadline=30s`) or as a variable (`DUCKFLEET_NODE_DEADLINE=30s`); some have a shorter variable as well. What else there
            is to set is Quarkus's own, such as `QUARKUS_HTTP_PORT` and `QUARKUS_LOG_LEVEL`. Durations are written `500ms`, `60s`, `5m`, `24h`; sizes `64M`, `1G`.
            Secrets are taken from variables only.

            Where the lake is, is told to coordinator and sidecar by the same variables:

            | variable | default | what |
            |---|---|---|
            | `S3_ENDPOINT`, `S3_BUCKET`, `S3_REGION` | `http://rclone-s3:80`, `lake-data`, `us-east-1` | where the files are |
            | `S3_ACCESS_KEY`, `S3_SECRET_KEY` | `admin`, `password` | the credentials there |
            | `CATALOG_HOST`, `CATALOG_PORT`, `CATALOG_DATABASE`, `CATALOG_SCHEMA` | `postgres`, `5432`, `ducklake`, `ducklake` | the catalog's Postgres |
            | `CATALOG_USER`, `CATALOG_PASSWORD` | `ducklake`, `ducklake` | the credentials there |
            | `DUCKFLEET_EXTENSIONS` | `~/.duckfleet/extensions` | the folder of DuckDB's extensions (all services) |
            """;

    private record Setting(String key, String fallback, String text) {}

    private ConfigurationReference() {}

    /// The page for the project in the folder `root`.
    static String of(Path root) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (String module : List.of("data-node", "coordinator", "sidecar")) {
            page.append("\n## ")
                    .append(module)
                    .append("\n\n| setting | variable | default | what |\n|---|---|---|---|\n");
            Properties properties = properties(root.resolve(module));
            for (Setting setting : settings(root.resolve(module))) {
                page.append(row(setting, properties));
            }
        }
        return page.toString();
    }

    private static String row(Setting setting, Properties properties) {
        String variable =
                setting.key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        Matcher shorter = VARIABLE.matcher(properties.getProperty(setting.key(), ""));
        String variables =
                shorter.matches() ? "`%s`, `%s`".formatted(shorter.group(1), variable) : "`%s`".formatted(variable);
        String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
        return "| `%s` | %s | %s | %s |\n".formatted(setting.key(), variables, fallback, setting.text());
    }

    private static List<Setting> settings(Path module) throws IOException {
        List<Setting> settings = new ArrayList<>();
        for (Path file : interfaces(module)) {
            String source = Files.readString(file);
            Matcher prefix = PREFIX.matcher(source);
            if (prefix.find()) {
                SETTING.matcher(source)
                        .results()
                        .map(found -> setting(prefix.group(1), found))
                        .forEach(settings::add);
            }
        }
        return settings;
    }

    private static Setting setting(String prefix, MatchResult found) {
        String fallback = found.group(2) == null ? "" : found.group(2);
        return new Setting(prefix + "." + kebab(found.group(4)), fallback, text(found.group(1)));
    }

    private static List<Path> interfaces(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith("Config.java"))
                    .sorted()
                    .toList();
        }
    }

    private static Properties properties(Path module) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(module.resolve("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static String text(String comment) {
        return comment.lines().map(line -> line.strip().substring(3).strip()).collect(Collectors.joining(" "));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
