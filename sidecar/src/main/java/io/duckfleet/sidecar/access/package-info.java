/// Who may delete and maintain: everybody, or, when the sidecar has an admin key, only callers that show
/// it. In come requests, out go refusals.
@NullMarked
package io.duckfleet.sidecar.access;

import org.jspecify.annotations.NullMarked;
