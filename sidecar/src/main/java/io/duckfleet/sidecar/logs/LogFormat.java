package io.duckfleet.sidecar.logs;

import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/// The form of the log on the console.
public enum LogFormat {
    TEXT,
    JSON;

    /// Writes the log in this form from now on.
    public void apply() {
        if (this == JSON) {
            apply(Logger.getLogger("").getHandlers());
        }
    }

    private static void apply(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler instanceof ConsoleHandler) {
                handler.setFormatter(new JsonLines());
            } else if (handler instanceof ExtHandler nested) {
                apply(nested.getHandlers());
            }
        }
    }
}
