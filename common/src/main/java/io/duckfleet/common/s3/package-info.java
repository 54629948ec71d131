/// S3 as our services use it: locations (`s3://bucket/key`), settings, and clients of the AWS SDK by its
/// standard credential chain.
@NullMarked
package io.duckfleet.common.s3;

import org.jspecify.annotations.NullMarked;
