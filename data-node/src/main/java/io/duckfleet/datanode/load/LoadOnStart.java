package io.duckfleet.datanode.load;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts the load with the program, and tells it of the program's stop.
@Singleton
final class LoadOnStart {

    private final LoadService loads;
    private final LoadWatch watch;
    private final WatchInterval interval;

    LoadOnStart(LoadService loads, LoadWatch watch, WatchInterval interval) {
        this.loads = loads;
        this.watch = watch;
        this.interval = interval;
    }

    void start(@Observes StartupEvent event) {
        loads.start();
        interval.value().ifPresent(watch::start);
    }

    void stop(@Observes ShutdownEvent event) {
        watch.close();
        loads.stop();
    }
}
