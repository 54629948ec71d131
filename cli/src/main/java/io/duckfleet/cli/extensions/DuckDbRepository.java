package io.duckfleet.cli.extensions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// DuckDB's own repository, by its `INSTALL`. A machine without access to it is found out by a short
/// attempt to connect; once it wasn't reached, it is not tried again.
final class DuckDbRepository implements ExtensionSource {

    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("extensions.duckdb.org", 80);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration INSTALL = Duration.ofSeconds(90);

    private boolean outOfReach;

    @Override
    public String name() {
        return "DuckDB's repository";
    }

    @Override
    public void fetch(PinnedWheel wheel, ExtensionFolder folder) throws SourceException {
        if (outOfReach || !reachable()) {
            outOfReach = true;
            throw new SourceException("%s can't be reached".formatted(ADDRESS.getHostString()));
        }
        install(wheel.extension(), folder);
    }

    private static boolean reachable() {
        // Resolving a name has no deadline of its own, hence the thread.
        CompletableFuture<Boolean> attempt =
                CompletableFuture.supplyAsync(DuckDbRepository::connects, DuckDbRepository::inBackground);
        return attempt.completeOnTimeout(false, 2 * CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS.getHostString(), ADDRESS.getPort()), (int) CONNECT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void install(String extension, ExtensionFolder folder) throws SourceException {
        CompletableFuture<Void> work =
                CompletableFuture.runAsync(() -> run("INSTALL " + extension, folder), DuckDbRepository::inBackground);
        try {
            work.get(INSTALL.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new SourceException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            outOfReach = true;
            throw new SourceException(
                    "%s didn't deliver within %d s".formatted(ADDRESS.getHostString(), INSTALL.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("interrupted", e);
        }
    }

    private static void run(String sql, ExtensionFolder folder) {
        try (Connection connection = folder.open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    /// A platform thread, as DuckDB's calls pin it, that doesn't keep the process alive.
    private static void inBackground(Runnable work) {
        Thread.ofPlatform().daemon().name("duckdb-repository").start(work);
    }
}
