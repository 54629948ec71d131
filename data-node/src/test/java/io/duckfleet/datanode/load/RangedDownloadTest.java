package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.s3.S3Location;
import io.duckfleet.datanode.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class RangedDownloadTest {

    private static final int PARTS = 12;

    @Test
    void goesOnWhenTheServerIsRestarted() {
        byte[] content = content(1);
        try (S3Server server = S3Server.start();
                S3Client client = server.client();
                RangedDownload download = start(client, server.put("object", content))) {
            server.restart();
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readAll(download));
            server.restart();

            assertThat(read.join()).isEqualTo(content);
        }
    }

    @Test
    void refusesToMixTwoVersionsOfAnObject() {
        try (S3Server server = S3Server.start();
                S3Client client = server.client();
                RangedDownload download = start(client, server.put("object", content(1)))) {
            server.put("object", content(2));

            assertThatThrownBy(download::readAllBytes).isInstanceOf(ObjectChangedException.class);
        }
    }

    private static RangedDownload start(S3Client client, String url) {
        S3Location location = S3Location.parse(url);
        return RangedDownload.start(client, new RangeReader(client, location).current(), LoadMeter.silent());
    }

    private static byte[] readAll(RangedDownload download) {
        try {
            return download.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(long seed) {
        byte[] content = new byte[PARTS * RangedDownload.PART_BYTES + 1];
        new Random(seed).nextBytes(content);
        return content;
    }
}
