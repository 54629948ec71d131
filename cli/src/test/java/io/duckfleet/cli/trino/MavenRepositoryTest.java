package io.duckfleet.cli.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenRepositoryTest {

    @TempDir
    Path folder;

    @Test
    void isMavenCentralUnlessSomethingSaysOtherwise() {
        MavenRepository repository = MavenRepository.of(Map.of(), folder.resolve("none.xml"));

        assertThat(repository.file("a/b.tar.gz")).hasToString("https://repo.maven.apache.org/maven2/a/b.tar.gz");
    }

    @Test
    void isTheMirrorOfTheUsersMavenSettings() throws IOException {
        Path settings = settings("other", "http://other.example", "external:*,!private", "https://mirror.example/m2/");

        assertThat(MavenRepository.of(Map.of(), settings).file("a")).hasToString("https://mirror.example/m2/a");
    }

    @Test
    void isNotAMirrorOfOthers() throws IOException {
        Path settings = settings("jcenter", "http://other.example", "*,!central", "http://third.example");

        assertThat(MavenRepository.of(Map.of(), settings).file("a")).hasHost("repo.maven.apache.org");
    }

    @Test
    void isWhatTheVariableNamesFirst() throws IOException {
        Path settings = settings("*", "http://mirror.example", "central", "http://mirror.example");

        MavenRepository repository = MavenRepository.of(
                Map.of("DUCKFLEET_MAVEN_REPOSITORY", "http://ada:very-secret@own.example:81/m2"), settings);

        assertThat(repository.file("a")).hasToString("http://ada:very-secret@own.example:81/m2/a");
        assertThat(repository).asString().doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ada:very secret@own.example/m2", "very-secret"})
    void saysThatAnAddressIsNoneWithoutShowingIt(String address) {
        assertThatThrownBy(() ->
                        MavenRepository.of(Map.of("DUCKFLEET_MAVEN_REPOSITORY", address), folder.resolve("none.xml")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("DUCKFLEET_MAVEN_REPOSITORY")
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }

    @Test
    void saysThatSettingsAreBroken() throws IOException {
        Path settings = Files.writeString(folder.resolve("broken.xml"), "<settings>");

        assertThatThrownBy(() -> MavenRepository.of(Map.of(), settings))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("DUCKFLEET_MAVEN_REPOSITORY");
    }

    private Path settings(String of1, String url1, String of2, String url2) throws IOException {
        return Files.writeString(folder.resolve("settings.xml"), """
                <settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><mirrors>
                  <mirror><id>a</id><mirrorOf>%s</mirrorOf><url>%s</url></mirror>
                  <mirror><id>b</id><mirrorOf>%s</mirrorOf><url>%s</url></mirror>
                </mirrors></settings>
                """.formatted(of1, url1, of2, url2));
    }
}
