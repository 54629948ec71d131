/// Names in SQL and their quoting. The one place where an identifier becomes part of a statement's text.
@NullMarked
package io.duckfleet.common.sql;

import org.jspecify.annotations.NullMarked;
