package io.duckfleet.cli.local;

import io.duckfleet.cli.http.JsonClient;
import io.duckfleet.cli.http.ProblemText;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// The lake's Iceberg tables, which follow the lake every half a minute by themselves.
final class LakeMirror {

    private static final Duration SYNC = Duration.ofMinutes(2);

    private LakeMirror() {}

    /// Has them follow now, so that Trino sees what was ingested a moment ago.
    static void sync(JsonClient http, URI sidecar) {
        try {
            JsonClient.Answer answer = http.post(sidecar.resolve("/maintenance/sync"), new byte[0], SYNC);
            if (!answer.succeeded()) {
                throw new CommandFailure(
                        ProblemText.of(answer.status(), answer.body(), "").toString());
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "the Iceberg tables can't be brought up to date by %s: %s".formatted(sidecar, e.getMessage()), e);
        }
    }
}
