package io.duckfleet.sidecar;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// A sidecar with tight limits and an admin key.
public final class StrictProfile implements QuarkusTestProfile {

    static final String ADMIN_KEY = "let-me-in";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "duckfleet.sidecar.admin-key", ADMIN_KEY,
                "duckfleet.sidecar.body-grace", "1s",
                "duckfleet.sidecar.max-body", "20K",
                "duckfleet.sidecar.max-file", "20K",
                "duckfleet.sidecar.max-requests", "1",
                "duckfleet.sidecar.maintenance.enabled", "false");
    }
}
