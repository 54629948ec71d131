package io.duckfleet.datanode.load;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Starts the load with the program, and tells it of the program's stop.
@Singleton
final class LoadOnStart {

    private final LoadService loads;

    LoadOnStart(LoadService loads) {
        this.loads = loads;
    }

    void start(@Observes StartupEvent event) {
        loads.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loads.stop();
    }
}
