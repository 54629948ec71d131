package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessNotesTest {

    @TempDir
    Path folder;

    @Test
    void findsAProcessAgain() {
        new ProcessNotes(folder).write("sidecar", ProcessHandle.current());

        assertThat(new ProcessNotes(folder).running("sidecar")).contains(ProcessHandle.current());
    }

    @Test
    void takesNoOtherProcessWithTheSameId() throws Exception {
        String pid = Long.toString(ProcessHandle.current().pid());
        Files.write(folder.resolve("sidecar.pid"), List.of(pid, "2020-01-01T00:00:00Z"));

        assertThat(new ProcessNotes(folder).running("sidecar")).isEmpty();
    }

    @Test
    void findsNothingInAFileThatWasCutOff() throws Exception {
        Files.writeString(folder.resolve("sidecar.pid"), "");

        assertThat(new ProcessNotes(folder).running("sidecar")).isEmpty();
    }

    @Test
    void forgets() {
        ProcessNotes notes = new ProcessNotes(folder);
        notes.write("sidecar", ProcessHandle.current());

        notes.remove("sidecar");

        assertThat(notes.running("sidecar")).isEmpty();
    }
}
