package io.duckfleet.sidecar.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.sidecar.TestBackends;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/// A sync is cut after each of its writes in turn. What was shown before can still be read then, or what is
/// shown after, and the next sync goes on.
class MirrorCrashIT {

    private static final TestBackends backends = TestBackends.start();

    @AfterAll
    static void stop() {
        backends.close();
    }

    @Test
    void aSyncThatIsCutLeavesAStateThatCanBeRead() throws Exception {
        try (MirrorRig rig = new MirrorRig(backends.variables("cut"), Duration.ZERO)) {
            rig.ingest("t", "[{\"id\":0}]");
            rig.sync();
            String ids = "SELECT string_agg(id, ' ' ORDER BY id) FROM ";
            boolean cut = true;
            for (int writes = 0; cut; writes++) {
                List<String> before = rig.read(ids + rig.scan("t"));
                rig.ingest("t", "[{\"id\":%d}]".formatted(writes + 1));
                List<String> after = rig.read(ids + "lake.data.t");
                rig.restart(failingAfter(S3Clients.of(rig.settings().s3()), writes));

                rig.mirror().catchUp();

                cut = !rig.mirror().state().orElseThrow().failed().isEmpty();
                assertThat(rig.read(ids + rig.scan("t")))
                        .as("after %d writes", writes)
                        .isIn(List.of(before, after));
                rig.restart(S3Clients.of(rig.settings().s3()));
                rig.sync();
                rig.mirror().tidy();
                rig.assertSame("t");
            }
            assertThat(rig.read("SELECT count(*) FROM lake.data.t").getFirst())
                    .satisfies(rows -> assertThat(Integer.parseInt(rows))
                            .as("cut at manifest, list, metadata and hint")
                            .isGreaterThanOrEqualTo(6));
        }
    }

    /// A client of S3 that writes so often, and then no more: nor can it clean up, like a process that is
    /// gone.
    private static S3Client failingAfter(S3Client s3, int writes) {
        int[] left = {writes};
        return (S3Client) Proxy.newProxyInstance(
                Objects.requireNonNull(MirrorCrashIT.class.getClassLoader()),
                new Class<?>[] {S3Client.class},
                (_, method, arguments) -> {
                    boolean changes = method.getName().startsWith("put")
                            || method.getName().startsWith("delete");
                    if (changes && --left[0] < 0) {
                        throw SdkClientException.create("cut");
                    }
                    try {
                        return method.invoke(s3, arguments);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                });
    }
}
