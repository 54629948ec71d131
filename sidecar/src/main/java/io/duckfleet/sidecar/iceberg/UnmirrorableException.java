package io.duckfleet.sidecar.iceberg;

/// Why a table can't be shown as an Iceberg table without giving wrong answers; for people.
final class UnmirrorableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnmirrorableException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
