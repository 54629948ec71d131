package io.duckfleet.cli.local.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// What the embedded storage asks its clients for. Made at random for each data directory and kept there in
/// a file that its owner alone may read. Printing it shows no secret.
public record StorageCredentials(String s3AccessKey, String s3SecretKey, String catalogPassword) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SECRET_BYTES = 24;

    /// The credentials in `file`; new ones are made and written when there is no such file.
    public static StorageCredentials in(Path file) {
        try {
            return MAPPER.readValue(Files.readAllBytes(file), StorageCredentials.class);
        } catch (NoSuchFileException e) {
            return create(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    "the credentials in %s can't be read: %s"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static StorageCredentials create(Path file) {
        StorageCredentials made = new StorageCredentials("duckfleet", random(), random());
        try {
            SecretFile.write(file, MAPPER.writeValueAsString(made));
            return made;
        } catch (IOException e) {
            throw new CommandFailure("the credentials can't be written to %s: %s".formatted(file, e), e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "StorageCredentials[s3AccessKey=%s]".formatted(s3AccessKey);
    }
}
