/// Inflates gzip (RFC 1952, RFC 1951), half again as fast as `java.util.zip`: that is what a load of
/// compressed files waits for. Takes a stream of members, gives a stream of their plain bytes, checked by
/// length and CRC. See decision 010.
@NullMarked
package io.duckfleet.datanode.inflate;

import org.jspecify.annotations.NullMarked;
