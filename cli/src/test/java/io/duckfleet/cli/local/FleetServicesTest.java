package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.cli.local.storage.StorageCredentials;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetServicesTest {

    private static final StorageCredentials CREDENTIALS = new StorageCredentials("key", "s3-secret", "catalog-secret");

    @Test
    void secretsGoByTheEnvironmentAlone(@TempDir Path folder) {
        FleetServices services =
                new FleetServices(LocalFleetSettings.in(folder, PortLayout.basedOn(20000)), CREDENTIALS);

        ServiceSpec sidecar = services.sidecar();

        assertThat(sidecar.environment())
                .containsEntry("S3_SECRET_KEY", "s3-secret")
                .containsEntry("CATALOG_PASSWORD", "catalog-secret");
        assertThat(String.join(" ", sidecar.command())).doesNotContain("secret");
        assertThat(sidecar.toString()).doesNotContain("secret");
        assertThat(CREDENTIALS.toString()).doesNotContain("secret");
    }
}
