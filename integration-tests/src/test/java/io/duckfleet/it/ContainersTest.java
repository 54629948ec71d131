package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The compose file names its services in addresses: each has to be one.
class ContainersTest {

    private static final Path ROOT = Path.of(System.getProperty("duckfleet.root"));
    private static final Pattern SERVICE = Pattern.compile("(?m)^  ([a-z0-9-]+):$");
    private static final Pattern ADDRESS = Pattern.compile("http://([a-z0-9-]+)(?::\\d+|\")");
    private static final Pattern CATALOG = Pattern.compile("CATALOG_HOST: (\\S+)");

    @Test
    void everyAddressIsAServiceOfTheComposeFile() throws IOException {
        String file = Files.readString(ROOT.resolve("docker-compose.yml"));
        file = file.substring(file.indexOf("\nname:"));
        String services = file.substring(file.indexOf("\nservices:"), file.indexOf("\nvolumes:"));

        assertThat(found(ADDRESS, file + Files.readString(ROOT.resolve("docker/config.json"))))
                .contains("rclone-s3", "duckdb-sidecar", "airports", "routes")
                .isSubsetOf(found(SERVICE, services));
        assertThat(found(CATALOG, file)).isNotEmpty().isSubsetOf(found(SERVICE, services));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }
}
