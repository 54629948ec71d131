package io.duckfleet.cli.fleet;

import io.duckfleet.cli.local.FleetNode;
import io.duckfleet.cli.local.LocalFleetSettings;
import io.duckfleet.cli.local.PortLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a fresh fleet invites to: its addresses, and three commands that show what it does.
record ThingsToTry(LocalFleetSettings settings) {

    List<String> lines() {
        PortLayout ports = settings.ports();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  coordinator  %s   SQL over everything: POST /query; page: /docs"
                .formatted(address(ports.coordinator())));
        lines.add("  console      %s/console/   all of it in a browser".formatted(address(ports.coordinator())));
        lines.add("  sidecar      %s   JSON into the lake: POST /ingest; page: /docs"
                .formatted(address(ports.sidecar())));
        settings.trino()
                .ifPresent(_ -> lines.add(
                        "  trino        %s   the lake as iceberg.public.*: duckfleet query%s --engine trino \"..\""
                                .formatted(address(ports.trino()), url())));
        if (settings.own().isPresent()) {
            lines.addAll(ownTables());
            return List.copyOf(lines);
        }
        lines.add("  tables       airports, airlines, routes (one data node each), trips (in the lake)");
        lines.add("");
        lines.add("Try, in another terminal:");
        lines.add("");
        lines.add("  ./duckfleet query%s \"SELECT a.country, count(*) AS routes FROM routes r JOIN airports a"
                        .formatted(url())
                + " ON r.source_airport_id = a.airport_id GROUP BY ALL ORDER BY routes DESC LIMIT 5\"");
        lines.add("");
        lines.add(
                "  ./duckfleet query%s \"SELECT tpep_pickup_datetime::DATE AS day, count(*) AS trips,".formatted(url())
                        + " round(sum(total_amount)) AS dollars FROM trips GROUP BY ALL ORDER BY dollars DESC LIMIT 5\"");
        lines.add("");
        lines.add(
                "  curl -X POST %s/ingest -d '{\"table_name\":\"events\",\"records\":[{\"user\":\"ada\",\"airport\":\"JFK\"}]}'"
                        .formatted(address(ports.sidecar())));
        lines.add(
                "  ./duckfleet query%s \"SELECT e.user, a.name, a.city FROM events e JOIN airports a ON a.iata = e.airport\""
                        .formatted(url()));
        lines.add("");
        return List.copyOf(lines);
    }

    private List<String> ownTables() {
        String tables = settings.nodes().stream()
                .flatMap(node -> node.tables().stream())
                .map(FleetNode.Table::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return List.of(
                "  tables       %s (%d data nodes here)"
                        .formatted(tables, settings.nodes().size()),
                "",
                "Try, in another terminal:  ./duckfleet tables" + url(),
                "");
    }

    private String url() {
        PortLayout ports = settings.ports();
        return ports.equals(PortLayout.STANDARD) ? "" : " --url " + address(ports.coordinator());
    }

    private static String address(int port) {
        return "http://localhost:" + port;
    }
}
