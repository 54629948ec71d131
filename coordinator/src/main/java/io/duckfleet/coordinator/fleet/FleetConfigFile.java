package io.duckfleet.coordinator.fleet;

import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The configuration file, and what of it is in force: a content that can't be used leaves the one before in
/// force. Thread-safe.
public final class FleetConfigFile {

    private static final Logger LOG = Logger.getLogger(FleetConfigFile.class);

    private final Path file;
    private byte[] content;
    private FleetConfig inForce;
    private Optional<String> problem = Optional.empty();
    private long changes;

    private FleetConfigFile(Path file, byte[] content) {
        this.file = file;
        this.content = content;
        this.inForce = FleetConfigReader.parse(file, content);
    }

    /// The file with its content of now.
    ///
    /// @throws FleetException `invalid_request` if it can't be used
    public static FleetConfigFile open(Path file) {
        return new FleetConfigFile(file, FleetConfigReader.bytes(file));
    }

    public synchronized FleetConfig inForce() {
        return inForce;
    }

    /// Why the file's content of now is not in force, if it isn't.
    public synchronized Optional<String> problem() {
        return problem;
    }

    /// How often another content has come into force.
    public synchronized long changes() {
        return changes;
    }

    /// Reads the file again; returns the configuration if it is another one than before.
    public synchronized Optional<FleetConfig> reread() {
        try {
            byte[] now = FleetConfigReader.bytes(file);
            if (Arrays.equals(now, content) && problem.isEmpty()) {
                return Optional.empty();
            }
            FleetConfig next = FleetConfigReader.parse(file, now);
            content = now;
            problem = Optional.empty();
            return changeTo(next);
        } catch (FleetException e) {
            tell(e.detail());
            return Optional.empty();
        }
    }

    private Optional<FleetConfig> changeTo(FleetConfig next) {
        if (next.equals(inForce)) {
            return Optional.empty();
        }
        inForce = next;
        changes++;
        LOG.infof(
                "%s has changed and is in force: %d tables on nodes",
                file, next.tables().size());
        return Optional.of(next);
    }

    private void tell(String what) {
        if (!problem.equals(Optional.of(what))) {
            LOG.errorf("the configuration before stays in force: %s", what);
        }
        problem = Optional.of(what);
    }
}
