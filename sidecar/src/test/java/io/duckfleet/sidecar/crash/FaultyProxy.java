package io.duckfleet.sidecar.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A TCP proxy that treats the bytes between two programs badly: it cuts connections, holds bytes back, or
/// delivers half of what came and then cuts.
final class FaultyProxy implements AutoCloseable {

    /// What happens to bytes, and to those who connect.
    enum Fault {
        NONE,
        DELAY,
        HALVE,
        CUT,
        REFUSE
    }

    private static final Duration HELD_BACK = Duration.ofMillis(40);
    private static final int CHUNK = 16_384;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;

    FaultyProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("proxy").daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// From now on.
    void inflict(Fault next) {
        fault = next;
        if (next == Fault.CUT || next == Fault.REFUSE) {
            cutAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (fault == Fault.REFUSE) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // The server is closed, or a client was gone at once.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(upstream);
        Thread.ofPlatform().daemon().start(() -> copy(client, upstream));
        Thread.ofPlatform().daemon().start(() -> copy(upstream, client));
    }

    private void copy(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (!deliver(out, chunk, count)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side is gone, and so the other is cut.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /// Whether the connection goes on.
    private boolean deliver(OutputStream out, byte[] chunk, int count) throws IOException {
        return switch (fault) {
            case NONE -> {
                out.write(chunk, 0, count);
                yield true;
            }
            case DELAY -> {
                LockSupport.parkNanos(HELD_BACK.toNanos());
                out.write(chunk, 0, count);
                yield true;
            }
            case HALVE -> {
                out.write(chunk, 0, count / 2);
                yield false;
            }
            case CUT, REFUSE -> false;
        };
    }

    private void cutAll() {
        open.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        cutAll();
    }
}
