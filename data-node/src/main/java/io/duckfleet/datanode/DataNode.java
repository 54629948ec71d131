package io.duckfleet.datanode;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/// The program's entry. The command line is read before Quarkus starts, so that wrong usage costs no start.
@QuarkusMain
public final class DataNode {

    DataNode() {}

    public static void main(String... arguments) {
        int exitCode = new CommandLine(new DataNodeCommand()).execute(arguments);
        System.exit(exitCode);
    }
}
