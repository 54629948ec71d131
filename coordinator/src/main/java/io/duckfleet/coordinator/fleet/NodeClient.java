package io.duckfleet.coordinator.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.common.sql.TableName;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Asks nodes about themselves. Thread-safe; every call has a deadline of [#PATIENCE].
public final class NodeClient {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int STATUS_NOT_READY = 503;
    private static final int STATUS_INVALID = 422;

    private final SharedKey key;
    private final Map<URI, NodeApi> clients = new ConcurrentHashMap<>();

    public NodeClient(SharedKey key) {
        this.key = key;
    }

    /// What the node tells of its table of that name.
    ///
    /// @throws FleetException `node_unreachable` or, while the node loads, `not_ready`
    public NodeMetadata metadata(URI node, TableName table) {
        try {
            return client(node).metadata(key.authorization().orElse(null), table.text());
        } catch (WebApplicationException e) {
            throw refused(node, table, e);
        } catch (ProcessingException e) {
            if (reasonOf(e) instanceof JsonProcessingException) {
                throw NodeTables.unreadable(node, "its metadata can't be read");
            }
            throw new FleetException(
                    ErrorCode.NODE_UNREACHABLE,
                    "the data node at %s can't be reached: %s".formatted(node, reason(e)),
                    e);
        }
    }

    /// Stops a fragment on its node. A node that can't be asked stops it at its deadline by itself.
    public void cancelFragment(URI node, String fragmentId) {
        client(node).cancelFragment(key.authorization().orElse(null), fragmentId);
    }

    private static FleetException refused(URI node, TableName table, WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case STATUS_NOT_READY ->
                new FleetException(ErrorCode.NOT_READY, "the data node at %s is still loading".formatted(node), e);
            case STATUS_INVALID ->
                new FleetException(
                        ErrorCode.NODE_UNREACHABLE,
                        "the data node at %s has no table \"%s\"; see \"table_name\" of the configuration, and GET %s/"
                                .formatted(node, table, node),
                        e);
            default ->
                new FleetException(
                        ErrorCode.NODE_UNREACHABLE, "the data node at %s answered %d".formatted(node, status), e);
        };
    }

    private static String reason(Throwable failure) {
        return String.valueOf(reasonOf(failure).getMessage());
    }

    private static Throwable reasonOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private NodeApi client(URI node) {
        return clients.computeIfAbsent(
                node,
                address -> QuarkusRestClientBuilder.newBuilder()
                        .baseUri(address)
                        .connectTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .build(NodeApi.class));
    }
}
