package io.duckfleet.sidecar;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/// The program's entry. The command line is read before Quarkus starts, so that wrong usage costs no start.
@QuarkusMain
public final class Sidecar {

    private Sidecar() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new SidecarCommand()).execute(arguments));
    }
}
