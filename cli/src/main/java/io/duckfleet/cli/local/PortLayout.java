package io.duckfleet.cli.local;

import io.duckfleet.cli.process.PortHolder;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The ports of a fleet, all on the loopback address. The data nodes have consecutive ones from `firstNode`
/// on, in the order of [SampleTable].
public record PortLayout(int coordinator, int sidecar, int firstNode, int s3, int postgres) {

    /// The ports that documents and the root's `config.json` name.
    public static final PortLayout STANDARD = new PortLayout(8000, 8001, 8011, 9100, 54320);

    static final String S3 = "S3";
    static final String POSTGRES = "Postgres";

    private static final int LEAST = 1024;
    private static final int TRINO = 22;
    private static final int GREATEST = 65535 - TRINO;
    private static final int ATTEMPTS = 100;

    private static final int LOWEST_FREE = 10_000;
    private static final int HIGHEST_FREE = 32_000;

    /// The ports from `base` on: coordinator N, sidecar N+1, nodes from N+11, S3 N+20, Postgres N+21,
    /// Trino N+22.
    ///
    /// @throws CommandFailure if `base` isn't between 1024 and 65513
    public static PortLayout basedOn(int base) {
        if (base < LEAST || base > GREATEST) {
            throw CommandFailure.usage(
                    "a port base is a number from %d to %d, found %d".formatted(LEAST, GREATEST, base));
        }
        return new PortLayout(base, base + 1, base + 11, base + 20, base + 21);
    }

    /// A layout none of whose ports is taken now.
    public static PortLayout free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = anyFreePort();
            if (basedOn(base).taken().isEmpty()) {
                return basedOn(base);
            }
        }
        throw new CommandFailure("no %d free ports in a row were found".formatted(TRINO));
    }

    /// The port of a table's data node.
    public int node(SampleTable table) {
        return firstNode + table.position();
    }

    /// The port of Trino, where there is one.
    public int trino() {
        return coordinator + TRINO;
    }

    /// Every port, by the name of the component that listens there.
    public Map<String, Integer> byComponent() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(FleetServices.COORDINATOR, coordinator);
        ports.put(FleetServices.SIDECAR, sidecar);
        for (SampleTable table : SampleTable.values()) {
            ports.put(table.component(), node(table));
        }
        ports.put(S3, s3);
        ports.put(POSTGRES, postgres);
        return ports;
    }

    /// What is wrong with the ports that something else listens on, each with who that is where it can be
    /// known.
    public List<String> taken() {
        return taken(byComponent());
    }

    /// The same for any ports, by component.
    static List<String> taken(Map<String, Integer> ports) {
        return ports.entrySet().stream()
                .filter(entry -> isTaken(entry.getValue()))
                .map(entry -> takenMessage(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// Says that the component can't have its port, and who holds it.
    public static String takenMessage(String component, int port) {
        String holder = PortHolder.of(port).map(found -> " by " + found).orElse("");
        return "port %d (%s) is taken%s".formatted(port, component, holder);
    }

    /// Whether nobody can listen on the port now.
    public static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// A port that is free and stays so: below those that systems give to outgoing connections (from 32768 on
    /// Linux, from 49152 elsewhere).
    public static int anyFreePort() {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, LOWEST_FREE, HIGHEST_FREE)
                .filter(port -> !isTaken(port))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "no free port was found between %d and %d".formatted(LOWEST_FREE, HIGHEST_FREE)));
    }
}
