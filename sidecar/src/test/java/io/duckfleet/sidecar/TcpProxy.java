package io.duckfleet.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A proxy in front of a server, which cuts a connection at a word that the client sends: before the server
/// has it, or when the server answers to it.
public final class TcpProxy implements AutoCloseable {

    /// Where the connection is cut.
    public enum Cut {
        NEVER,
        BEFORE_THE_SERVER_HAS_IT,
        BEFORE_THE_ANSWER_IS_BACK
    }

    private final ServerSocket listener;
    private final int target;
    private final byte[] word;
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);
    private final AtomicInteger cuts = new AtomicInteger();

    public TcpProxy(int target, String word) {
        this.target = target;
        this.word = word.getBytes(StandardCharsets.US_ASCII);
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Cuts the next connection that sends the word.
    public void cutNext(Cut cut) {
        next.set(cut);
    }

    /// How many connections were cut.
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
                Thread.ofVirtual().start(() -> copy(client, server, cut, true));
                Thread.ofVirtual().start(() -> copy(server, client, cut, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, AtomicReference<Cut> cut, boolean isRequest) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                if (isRequest && contains(buffer, count)) {
                    cut.set(next.getAndSet(Cut.NEVER));
                }
                if (cut.get() == (isRequest ? Cut.BEFORE_THE_SERVER_HAS_IT : Cut.BEFORE_THE_ANSWER_IS_BACK)) {
                    cuts.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException e) {
            // The other side has gone: so does this one.
        }
    }

    private boolean contains(byte[] buffer, int count) {
        for (int i = 0; i + word.length <= count; i++) {
            int matched = 0;
            while (matched < word.length && buffer[i + matched] == word[matched]) {
                matched++;
            }
            if (matched == word.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
