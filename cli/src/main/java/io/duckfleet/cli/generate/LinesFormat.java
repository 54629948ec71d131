package io.duckfleet.cli.generate;

/// How generated records are written: as one JSON array, or one a line.
enum LinesFormat {
    JSON,
    JSONL
}
