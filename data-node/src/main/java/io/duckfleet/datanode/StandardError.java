package io.duckfleet.datanode;

/// The one line on stderr that says why the program ends. Logs go to stdout, so it stands alone there.
final class StandardError {

    private StandardError() {}

    static void tell(String message) {
        System.err.println("data-node: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
