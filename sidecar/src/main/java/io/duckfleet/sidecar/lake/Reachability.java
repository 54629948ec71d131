package io.duckfleet.sidecar.lake;

import io.duckfleet.common.errors.FleetException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether catalog and S3 can be reached, and the lake opened; asked at most once a second, however often
/// it is wanted. Thread-safe.
public final class Reachability {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Lake lake;
    private final CatalogDatabase catalog;
    private final Bucket bucket;
    private final Clock clock;
    private Instant checkedAt = Instant.MIN;
    private List<FleetException> problems = List.of();

    public Reachability(Lake lake, CatalogDatabase catalog, Bucket bucket, Clock clock) {
        this.lake = lake;
        this.catalog = catalog;
        this.bucket = bucket;
        this.clock = clock;
    }

    /// What is wrong now, nothing when all is well. Takes a few seconds at most.
    public synchronized List<FleetException> problems() {
        Instant now = clock.instant();
        if (checkedAt.plus(FRESH).isBefore(now)) {
            problems = check();
            checkedAt = clock.instant();
        }
        return problems;
    }

    /// What is wrong at this very moment with catalog or S3.
    public Optional<FleetException> problemNow() {
        return probe(this::askCatalog).or(() -> probe(bucket::check));
    }

    private List<FleetException> check() {
        List<FleetException> found = new ArrayList<>();
        probe(this::askCatalog).ifPresent(found::add);
        probe(bucket::ensure).ifPresent(found::add);
        if (found.isEmpty() && !lake.isOpen()) {
            probe(() -> lake.session().close()).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private void askCatalog() {
        catalog.with(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            }
        });
    }

    private static Optional<FleetException> probe(Runnable question) {
        try {
            question.run();
            return Optional.empty();
        } catch (FleetException e) {
            return Optional.of(e);
        }
    }
}
