/// What goes wrong and how it is told: one enum of codes, one exception, one problem document (RFC 9457).
/// Every service answers with these and with nothing else; the HTTP side stands in
/// `io.duckfleet.common.http`.
@NullMarked
package io.duckfleet.common.errors;

import org.jspecify.annotations.NullMarked;
