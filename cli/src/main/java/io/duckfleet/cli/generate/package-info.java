/// `duckfleet generate`: sample records to a file, to the standard output, or into a lake table.
@NullMarked
package io.duckfleet.cli.generate;

import org.jspecify.annotations.NullMarked;
