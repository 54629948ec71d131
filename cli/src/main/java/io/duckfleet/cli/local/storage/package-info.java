/// The fleet's embedded storage: an S3 server in this process, over plain files, and a Postgres as a child
/// process. Both listen on the loopback address alone, ask for credentials, and keep their data in folders
/// that they are given.
@NullMarked
package io.duckfleet.cli.local.storage;

import org.jspecify.annotations.NullMarked;
