/// The data node as a program: its command line, its configuration, and the wiring of its features. It loads
/// one object from S3 into an in-memory DuckDB (`load`), describes it (`table`), and answers SELECTs over it
/// for users (`query`) and for the coordinator (`fragment`).
@NullMarked
package io.duckfleet.datanode;

import org.jspecify.annotations.NullMarked;
