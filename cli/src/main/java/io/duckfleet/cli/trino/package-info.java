/// Brings a Trino server onto this machine: its archive from a Maven repository, once, checked against a
/// pinned hash, and unpacked in a folder of the user's. Takes nothing, gives the folder that the server
/// runs from.
@NullMarked
package io.duckfleet.cli.trino;

import org.jspecify.annotations.NullMarked;
