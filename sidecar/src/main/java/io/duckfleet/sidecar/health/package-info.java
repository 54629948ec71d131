/// Whether the service, S3 and the catalog are well: for people and clients (`/health`), and for Kubernetes
/// (`/health/live`, `/health/ready`).
@NullMarked
package io.duckfleet.sidecar.health;

import org.jspecify.annotations.NullMarked;
