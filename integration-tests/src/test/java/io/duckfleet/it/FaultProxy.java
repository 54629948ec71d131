package io.duckfleet.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A TCP proxy before a real service, which does to fragments what networks and dying machines do. All other
/// requests pass, unless it is down.
final class FaultProxy implements AutoCloseable {

    /// What happens to fragments.
    enum Fault {
        NONE,
        /// The request is swallowed, the connection stays.
        HANG,
        /// The answer comes in drops.
        SLOW,
        /// The answer comes at less than 20 MB/s.
        NARROW,
        /// The connection breaks before the answer begins.
        BREAK_BEFORE,
        /// The connection breaks in the midst of the answer.
        BREAK_WITHIN,
        /// A 200 whose body is no Parquet.
        GARBAGE,
        /// Bytes that are no HTTP.
        NO_HTTP
    }

    private static final byte[] FRAGMENT = "POST /fragments".getBytes(StandardCharsets.US_ASCII);
    private static final int WITHIN = 700;
    private static final int DROP = 64;
    private static final long BETWEEN_DROPS_NANOS = 2_000_000;
    private static final int BUFFER = 1 << 16;
    private static final long BETWEEN_BUFFERS_NANOS = 4_000_000;

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> hanging = ConcurrentHashMap.newKeySet();
    private final AtomicInteger fragments = new AtomicInteger();
    private volatile ServerSocket listener;
    private final AtomicReference<Fault> once = new AtomicReference<>(Fault.NONE);
    private volatile Fault fault = Fault.NONE;
    private volatile Runnable beforeFragment = () -> {};

    /// A proxy on a free port of the loopback before the service at `target`.
    FaultProxy(int target) {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    int port() {
        return port;
    }

    void fault(Fault what) {
        fault = what;
    }

    /// Does `what` to the next fragment alone.
    void faultOnce(Fault what) {
        once.set(what);
    }

    /// Runs `action` as soon as the next fragment comes, before it goes on to the service; once.
    void beforeNextFragment(Runnable action) {
        beforeFragment = action;
    }

    /// How many fragments have come so far.
    int fragments() {
        return fragments.get();
    }

    /// How many clients wait for a fragment that hangs.
    int hanging() {
        return hanging.size();
    }

    /// How many connections of clients are open.
    long connections() {
        return open.stream().filter(socket -> socket.getLocalPort() == port).count();
    }

    /// From now on nobody listens at the port, and what was open is broken.
    void down() {
        closeQuietly(listener);
        open.forEach(FaultProxy::closeQuietly);
    }

    void up() {
        listener = listen(port);
        accept(listener);
    }

    @Override
    public void close() {
        down();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = from.accept();
                    open.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException e) {
                closeQuietly(from);
            }
        });
    }

    private void serve(Socket client) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Answering answering = new Answering(client, server);
            Thread.ofVirtual().start(answering::pump);
            forward(client, server, answering);
        } catch (IOException e) {
            closeQuietly(client);
        } finally {
            closeQuietly(client);
            open.remove(client);
            hanging.remove(client);
        }
    }

    private void forward(Socket client, Socket server, Answering answering) throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (begins(buffer, read)) {
                fragments.incrementAndGet();
                Runnable action = beforeFragment;
                beforeFragment = () -> {};
                action.run();
                Fault first = once.getAndSet(Fault.NONE);
                answering.active = first == Fault.NONE ? fault : first;
            }
            switch (answering.active) {
                case HANG -> hanging.add(client);
                case BREAK_BEFORE -> {
                    return;
                }
                case GARBAGE -> {
                    answer(
                            client,
                            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apache.parquet\r\n"
                                    + "Content-Length: 7\r\nConnection: close\r\n\r\nrubbish");
                    return;
                }
                case NO_HTTP -> {
                    answer(client, "\u0000\u0001 what is this\r\n\r\n");
                    return;
                }
                case NONE, SLOW, NARROW, BREAK_WITHIN -> out.write(buffer, 0, read);
            }
        }
    }

    private static boolean begins(byte[] buffer, int length) {
        return length >= FRAGMENT.length && Arrays.equals(buffer, 0, FRAGMENT.length, FRAGMENT, 0, FRAGMENT.length);
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.shutdownOutput();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The way back of one connection.
    private final class Answering {

        private final Socket client;
        private final Socket server;
        private volatile Fault active = Fault.NONE;

        Answering(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump() {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = server.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!pass(buffer, read)) {
                        break;
                    }
                }
            } catch (IOException e) {
                active = Fault.BREAK_BEFORE;
            } finally {
                closeQuietly(client);
                open.remove(server);
            }
        }

        private boolean pass(byte[] buffer, int length) throws IOException {
            OutputStream out = client.getOutputStream();
            return switch (active) {
                case BREAK_WITHIN -> {
                    out.write(buffer, 0, Math.min(length - 1, WITHIN));
                    out.flush();
                    yield false;
                }
                case SLOW -> {
                    for (int at = 0; at < length; at += DROP) {
                        out.write(buffer, at, Math.min(DROP, length - at));
                        out.flush();
                        LockSupport.parkNanos(BETWEEN_DROPS_NANOS);
                    }
                    yield true;
                }
                case NARROW -> {
                    out.write(buffer, 0, length);
                    LockSupport.parkNanos(BETWEEN_BUFFERS_NANOS);
                    yield true;
                }
                case NONE, HANG, BREAK_BEFORE, GARBAGE, NO_HTTP -> {
                    out.write(buffer, 0, length);
                    yield true;
                }
            };
        }
    }
}
