/// The edge that all services share: reading JSON bodies, and turning every exception into a problem
/// document. Knows JAX-RS, and nothing of what the services do.
@NullMarked
package io.duckfleet.common.http;

import org.jspecify.annotations.NullMarked;
