package io.duckfleet.cli.extensions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionFolderTest {

    @Test
    void namesPlatformsAsDuckDbDoes() {
        assertThat(ExtensionFolder.platform("Linux", "amd64")).isEqualTo("linux_amd64");
        assertThat(ExtensionFolder.platform("Linux", "aarch64")).isEqualTo("linux_arm64");
        assertThat(ExtensionFolder.platform("Mac OS X", "x86_64")).isEqualTo("osx_amd64");
        assertThat(ExtensionFolder.platform("Mac OS X", "aarch64")).isEqualTo("osx_arm64");
    }

    @Test
    void refusesAFileThatIsNoExtension(@TempDir Path root) throws Exception {
        ExtensionFolder folder = ExtensionFolder.of(root);
        Files.createDirectories(folder.file("httpfs").getParent());
        Files.writeString(folder.file("httpfs"), "not an extension");

        assertThatThrownBy(() -> folder.check("httpfs")).isInstanceOf(SQLException.class);
    }
}
