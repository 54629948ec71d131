/// Who is answered: everybody, or, when the node has a key, only callers that show it.
@NullMarked
package io.duckfleet.datanode.access;

import org.jspecify.annotations.NullMarked;
