/// What every service does around a query: lets so many in at once, gives each a deadline, and stops it when
/// its time is over or nobody waits for it any more.
@NullMarked
package io.duckfleet.common.query;

import org.jspecify.annotations.NullMarked;
