package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `-Dduckfleet.update=true` writes the page anew.
class ConfigurationReferenceTest {

    private static final Path ROOT = Path.of(System.getProperty("duckfleet.root"));
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");

    @Test
    void thePageTellsEverySetting() throws IOException {
        String expected = ConfigurationReference.of(ROOT);
        if (Boolean.getBoolean("duckfleet.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).hasContent(expected);
        assertThat(expected)
                .contains("`duckfleet.node.deadline`", "`DUCKDB_MEMORY_LIMIT`", "`duckfleet.coordinator.max-running`");
    }
}
