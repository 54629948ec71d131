package io.duckfleet.datanode.load;

/// Is told how many of the object's bytes have been read. Called from the loading thread.
@FunctionalInterface
public interface LoadProgress {

    void at(long bytesRead, long bytesTotal);
}
