package io.duckfleet.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.errors.FleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetConfigFileTest {

    private static final String ONE = "{\"tables\": {\"a\": {\"url\": \"h\", \"port\": 1}}}";
    private static final String OTHER = "{\"tables\": {\"b\": {\"url\": \"h\", \"port\": 1}}}";

    @TempDir
    private Path folder;

    private Path path;
    private FleetConfigFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.writeString(folder.resolve("config.json"), ONE);
        file = FleetConfigFile.open(path);
    }

    @Test
    void tellsNothingNewWhileTheFileStays() {
        assertThat(file.reread()).isEmpty();
        assertThat(file.changes()).isZero();
    }

    @Test
    void putsAnotherContentInForce() throws IOException {
        Files.writeString(path, OTHER);

        assertThat(file.reread()).contains(file.inForce());
        assertThat(file.inForce().table("b")).isPresent();
        assertThat(file.changes()).isEqualTo(1);
    }

    @Test
    void keepsTheOldContentWhileTheNewOneIsBad() throws IOException {
        Files.writeString(path, "{\"tables\": {\"a\": {\"url\": \"h\"}}}");

        assertThat(file.reread()).isEmpty();
        assertThat(file.inForce().table("a")).isPresent();
        assertThat(file.problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("config.json, line 1").contains("needs \"url\" and \"port\""));
    }

    @Test
    void keepsTheContentOfAFileThatIsGone() throws IOException {
        Files.delete(path);

        assertThat(file.reread()).isEmpty();
        assertThat(file.inForce().table("a")).isPresent();
        assertThat(file.problem()).isPresent();
    }

    @Test
    void isWellAgainWhenTheOldContentComesBack() throws IOException {
        Files.writeString(path, "{");
        file.reread();
        Files.writeString(path, ONE);

        assertThat(file.reread()).isEmpty();
        assertThat(file.problem()).isEmpty();
    }

    @Test
    void refusesABadContentAtTheStart() {
        assertThatThrownBy(() -> FleetConfigFile.open(folder.resolve("none.json")))
                .isInstanceOf(FleetException.class);
    }
}
