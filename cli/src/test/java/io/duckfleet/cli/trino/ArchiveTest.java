package io.duckfleet.cli.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    @TempDir
    Path folder;

    @Test
    void unpacksFilesAndHardLinks() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));

        archive("server/lib/a.jar", "server/plugin/b/a.jar").unpack(target);

        assertThat(target.resolve("server/lib/a.jar")).hasContent("jar");
        Files.delete(target.resolve("server/lib/a.jar"));
        assertThat(target.resolve("server/plugin/b/a.jar")).hasContent("jar");
    }

    @Test
    void staysInItsFolder() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));

        assertThatThrownBy(() -> archive("../outside", "inside").unpack(target)).isInstanceOf(IOException.class);

        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void tellsItsHash() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertThat(new Archive(file).hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /// One with a file and a hard link to it.
    private Archive archive(String file, String link) throws IOException {
        Path path = folder.resolve("some.tar.gz");
        byte[] content = "jar".getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(path)))) {
            TarArchiveEntry entry = new TarArchiveEntry(file, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            TarArchiveEntry second = new TarArchiveEntry(link, TarConstants.LF_LINK);
            second.setLinkName(file);
            tar.putArchiveEntry(second);
            tar.closeArchiveEntry();
        }
        return new Archive(path);
    }
}
