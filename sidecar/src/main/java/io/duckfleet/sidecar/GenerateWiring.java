package io.duckfleet.sidecar;

import io.duckfleet.sidecar.generate.GenerateSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts together what makes sample records.
final class GenerateWiring {

    @Produces
    @Singleton
    GenerateSettings generate(SidecarConfig config) {
        return new GenerateSettings(
                config.generator().enabled(), config.generator().maxCount());
    }
}
