package io.duckfleet.sidecar.commit;

import java.time.LocalDate;

/// How many records a batch has put into the partition of a day.
public record DayRows(LocalDate day, long rows) {}
