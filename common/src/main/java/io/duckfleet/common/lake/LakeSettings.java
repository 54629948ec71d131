package io.duckfleet.common.lake;

import io.duckfleet.common.s3.S3Settings;

/// Where a lake is: its files on S3, its catalog in Postgres.
public record LakeSettings(S3Settings s3, CatalogSettings catalog) {

    /// The folder that all files of the lake are under.
    public String dataPath() {
        return "s3://" + s3.bucket() + "/";
    }
}
