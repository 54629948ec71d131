/// Answers one SELECT over the node's table, or a projection of it, in any result format. Takes SQL that
/// nobody has to trust (one SELECT, own table, allowed functions), runs so many at once under a deadline, and
/// stops what nobody waits for.
@NullMarked
package io.duckfleet.datanode.query;

import org.jspecify.annotations.NullMarked;
