package io.duckfleet.cli.doctor;

/// What was found about one thing that a fleet needs or likes to have: what there is, and for [Level#WARN]
/// and [Level#MISSING] what to do.
record Finding(Level level, String subject, String text) {

    /// How bad it is. Only `MISSING` keeps a fleet from running.
    enum Level {
        OK("ok"),
        WARN("warn"),
        MISSING("missing");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Level.WARN, subject, text);
    }

    static Finding missing(String subject, String text) {
        return new Finding(Level.MISSING, subject, text);
    }

    @Override
    public String toString() {
        return "%-8s %-11s %s".formatted(level.label(), subject, text);
    }
}
