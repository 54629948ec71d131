package io.duckfleet.sidecar.iceberg;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import software.amazon.awssdk.services.s3.S3Client;

/// The mirror's own files on S3, those in tables' folders `metadata`. They are small, and read and written
/// whole. Nothing else can be written or deleted with this. The client stays its owner's.
final class MirrorFiles implements FileIO {

    /// The mirror's own folder within a table's.
    static final String FOLDER = "/metadata/";

    private static final long serialVersionUID = 1;

    private final transient S3Client client;
    private final String root;

    MirrorFiles(S3Client client, String bucket) {
        this.client = client;
        this.root = "s3://" + bucket + "/";
    }

    @Override
    public InputFile newInputFile(String location) {
        return new StoredFile(client, bucket(), key(location), location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new NewFile(client, bucket(), own(location), location);
    }

    @Override
    public void deleteFile(String location) {
        String key = own(location);
        client.deleteObject(request -> request.bucket(bucket()).key(key));
    }

    String bucket() {
        return root.substring("s3://".length(), root.length() - 1);
    }

    /// The key of an object of the lake's bucket.
    String key(String location) {
        if (!location.startsWith(root)) {
            throw new IllegalArgumentException("%s is not in %s".formatted(location, root));
        }
        return location.substring(root.length());
    }

    private String own(String location) {
        if (!location.contains(FOLDER)) {
            throw new IllegalArgumentException("%s is no file of the mirror's own".formatted(location));
        }
        return key(location);
    }
}
