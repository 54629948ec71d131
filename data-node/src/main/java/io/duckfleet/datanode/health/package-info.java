/// Whether the node lives and whether it can answer: `GET /health` for people and clients, readiness for
/// Kubernetes, gauges for Prometheus.
@NullMarked
package io.duckfleet.datanode.health;

import org.jspecify.annotations.NullMarked;
