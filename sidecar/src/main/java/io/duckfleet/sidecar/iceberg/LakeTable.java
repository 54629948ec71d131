package io.duckfleet.sidecar.iceberg;

/// A table of the lake as its catalog tells of it. `folder` is where its files are, without a slash at the
/// end. `fingerprint` differs when anything that a mirror shows does: name, columns, partitioning, files,
/// deletes.
record LakeTable(long id, String uuid, String name, String folder, String fingerprint) {}
