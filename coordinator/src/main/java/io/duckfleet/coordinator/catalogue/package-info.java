/// What the lake's catalog tells of the lake: its files, its schema, how many records there are of which
/// week, and what each commit changed. Takes DuckLake's tables in Postgres, gives listings; no file of the
/// lake is read for it.
@NullMarked
package io.duckfleet.coordinator.catalogue;

import org.jspecify.annotations.NullMarked;
