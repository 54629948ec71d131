package io.duckfleet.common.lake;

import io.duckfleet.common.s3.S3Settings;
import java.net.URI;
import java.util.Map;

/// Where a lake is: its files on S3, its catalog in Postgres.
public record LakeSettings(S3Settings s3, CatalogSettings catalog) {

    /// Reads the variables that all services share: `S3_ENDPOINT`, `S3_ACCESS_KEY`, `S3_SECRET_KEY`,
    /// `S3_BUCKET`, `S3_REGION`, `CATALOG_HOST`, `CATALOG_PORT`, `CATALOG_DATABASE`, `CATALOG_USER`,
    /// `CATALOG_PASSWORD`, `CATALOG_SCHEMA`. What is missing or blank has the value of the Kubernetes and
    /// compose files.
    ///
    /// @throws IllegalArgumentException if the endpoint is no address or the port no number
    public static LakeSettings of(Map<String, String> environment) {
        return new LakeSettings(
                new S3Settings(
                        URI.create(value(environment, "S3_ENDPOINT", "http://rclone-s3:80")),
                        value(environment, "S3_ACCESS_KEY", "admin"),
                        value(environment, "S3_SECRET_KEY", "password"),
                        value(environment, "S3_BUCKET", "lake-data"),
                        value(environment, "S3_REGION", "us-east-1")),
                new CatalogSettings(
                        value(environment, "CATALOG_HOST", "postgres"),
                        Integer.parseInt(value(environment, "CATALOG_PORT", "5432")),
                        value(environment, "CATALOG_DATABASE", "ducklake"),
                        value(environment, "CATALOG_USER", "ducklake"),
                        value(environment, "CATALOG_PASSWORD", "ducklake"),
                        value(environment, "CATALOG_SCHEMA", "ducklake")));
    }

    /// The folder that all files of the lake are under.
    public String dataPath() {
        return "s3://" + s3.bucket() + "/";
    }

    private static String value(Map<String, String> environment, String name, String fallback) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? fallback : value;
    }
}
