package io.duckfleet.coordinator.record;

import io.duckfleet.common.query.StopSignal;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ResultFormat;
import java.util.Optional;

/// How records are given: in which form, within what time, and what stops the work.
record AnswerOptions(ResultFormat format, JsonNumbers numbers, Optional<Long> timeoutMs, StopSignal signal) {}
