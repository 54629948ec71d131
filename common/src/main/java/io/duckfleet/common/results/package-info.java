/// Query results as bytes, in the formats that data nodes and coordinator serve. Takes a session and a
/// statement; gives a result that is ready (its first batch exists, so what could fail early has failed) and
/// then writes itself to a stream. Knows nothing of HTTP but media types.
@NullMarked
package io.duckfleet.common.results;

import org.jspecify.annotations.NullMarked;
