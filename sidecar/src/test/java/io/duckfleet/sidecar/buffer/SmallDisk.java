package io.duckfleet.sidecar.buffer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A small file system in memory, which only a privileged process can have.
final class SmallDisk {

    private static final int CHUNK = 4_096;

    private SmallDisk() {}

    /// Mounts one of so many megabytes; false where that isn't allowed.
    static boolean mount(Path folder, int megabytes) throws IOException, InterruptedException {
        try {
            return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        } catch (IOException e) {
            return false;
        }
    }

    static void unmount(Path folder) throws IOException, InterruptedException {
        run("umount", "--lazy", folder.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /// Takes all the room that is left.
    static void fill(Path file) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            if (Files.size(file) == 0) {
                throw full;
            }
        }
    }
}
