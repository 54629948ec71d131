package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorConfigTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void theRootsFileIsTheOneForTheStandardPorts() throws Exception {
        Path file = Installation.current().standardConfig();

        assertThat(MAPPER.readTree(file.toFile()))
                .isEqualTo(MAPPER.valueToTree(CoordinatorConfig.content(PortLayout.STANDARD)));
    }

    @Test
    void otherPortsHaveAFileInTheDataDirectory(@TempDir Path folder) throws Exception {
        LocalFleetSettings settings = LocalFleetSettings.in(folder, PortLayout.basedOn(20000));

        Path file = CoordinatorConfig.fileFor(settings);

        assertThat(file).startsWith(folder);
        assertThat(MAPPER.readTree(file.toFile()).at("/tables/airlines/port").asInt())
                .isEqualTo(20012);
    }
}
