package io.duckfleet.datanode.load;

/// The file has no content.
final class EmptyFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EmptyFileException() {
        super("the file is empty");
    }
}
