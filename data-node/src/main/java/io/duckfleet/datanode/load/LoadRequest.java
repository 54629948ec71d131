package io.duckfleet.datanode.load;

import io.duckfleet.common.s3.S3Location;
import io.duckfleet.common.sql.TableName;

/// What to load, and the name that it gets.
public record LoadRequest(S3Location location, TableName tableName) {}
