package io.duckfleet.sidecar.buffer;

import java.nio.file.Path;

/// Another process that holds a buffer, until it is stopped.
final class BufferHolder {

    private BufferHolder() {}

    public static void main(String[] arguments) throws Exception {
        BufferFile file = BufferFile.open(Path.of(arguments[0]));
        System.out.println("held");
        while (System.in.read() >= 0) {
            // Whatever comes, it holds on.
        }
        file.close();
    }
}
