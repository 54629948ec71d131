package io.duckfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortLayoutTest {

    @Test
    void aBaseMovesAllPorts() {
        PortLayout layout = PortLayout.basedOn(20000);

        assertThat(layout.byComponent().values()).containsExactly(20000, 20001, 20011, 20012, 20013, 20020, 20021);
    }

    @Test
    void theStandardPortsAreThoseOfTheDocuments() {
        assertThat(PortLayout.STANDARD.byComponent().values())
                .containsExactly(8000, 8001, 8011, 8012, 8013, 9100, 54320);
    }

    @Test
    void aFreeLayoutHasNoTakenPort() {
        assertThat(PortLayout.free().taken()).isEmpty();
    }

    @Test
    void namesATakenPortAndItsHolder() throws Exception {
        PortLayout layout = PortLayout.free();

        try (ServerSocket holder = new ServerSocket(layout.s3(), 1, InetAddress.getLoopbackAddress())) {
            List<String> taken = layout.taken();

            assertThat(taken)
                    .containsExactly("port %d (S3) is taken by process %d (java)"
                            .formatted(
                                    holder.getLocalPort(),
                                    ProcessHandle.current().pid()));
        }
    }
}
