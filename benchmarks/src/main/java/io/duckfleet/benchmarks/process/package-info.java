/// The processes under test and their memory, and the folder and the S3 server that they share.
@NullMarked
package io.duckfleet.benchmarks.process;

import org.jspecify.annotations.NullMarked;
