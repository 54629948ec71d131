package io.duckfleet.coordinator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.http.SharedKey;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.fleet.NodeClient;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Fetches fragments by `POST /fragments` as Parquet, compressed where the network is slow
/// (docs/decisions/013). (`HttpURLConnection` moves bulk several times faster than `java.net.http`:
/// docs/decisions/003.)
public final class HttpFragmentSource implements NodeTransfer {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final String VERSION = "Duckfleet-Table-Version";
    private static final String COMPRESSED = FragmentForm.PARQUET.accept() + ";compression=zstd";

    private final SharedKey key;
    private final NodeClient control;
    private final NetworkSpeed network = new NetworkSpeed();

    public HttpFragmentSource(SharedKey key, NodeClient control) {
        this.key = key;
        this.control = control;
    }

    @Override
    public FetchedFragment fetch(FragmentPart part, Holding holder, Path target, Deadline deadline) {
        String id = UUID.randomUUID().toString();
        long start = System.nanoTime();
        HttpURLConnection connection = open(holder.node(), "/fragments", deadline);
        try {
            send(
                    connection,
                    accept(part.form(), holder.node()),
                    FragmentBody.of(request(part, holder, id, deadline), keySets(part)));
            return receive(connection, part, holder, target, start);
        } catch (SocketTimeoutException e) {
            connection.disconnect();
            cancelQuietly(holder.node(), id, e);
            throw deadline.hasPassed() ? deadline.exceeded() : unreachable(holder, e);
        } catch (IOException e) {
            connection.disconnect();
            throw unreachable(holder, e);
        } catch (RuntimeException e) {
            connection.disconnect();
            throw e;
        }
    }

    @Override
    public boolean isCurrent(Holding holder, Deadline deadline) {
        HttpURLConnection connection = open(holder.node(), "/fragments/version", deadline);
        key.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
        try (InputStream answer = connection.getInputStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
            return holder.version().equals(connection.getHeaderField(VERSION));
        } catch (SocketTimeoutException e) {
            throw deadline.hasPassed() ? deadline.exceeded() : unreachable(holder, e);
        } catch (ConnectException e) {
            throw unreachable(holder, e);
        } catch (IOException e) {
            return false;
        }
    }

    private HttpURLConnection open(URI node, String path, Deadline deadline) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) node.resolve(path).toURL().openConnection();
            connection.setConnectTimeout(Math.toIntExact(CONNECT_PATIENCE.toMillis()));
            connection.setReadTimeout(
                    Math.toIntExact(Math.max(1, deadline.remaining().toMillis())));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request(FragmentPart part, Holding holder, String id, Deadline deadline)
            throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(Map.of(
                "fragment_id", id,
                "sql", new FragmentSql(part).forNode(holder.table().nameOnNode().text()),
                "table_version", holder.version(),
                "deadline_ms", Math.max(1, deadline.remaining().toMillis()),
                "key_sets",
                        keySets(part).stream()
                                .map(set -> Map.of("name", set.name(), "columns", set.columns()))
                                .toList()));
    }

    private static List<KeySet> keySets(FragmentPart part) {
        return part.filters().stream()
                .filter(KeySet.class::isInstance)
                .map(KeySet.class::cast)
                .toList();
    }

    private String accept(FragmentForm form, URI node) {
        return form == FragmentForm.PARQUET && network.isSlow(node) ? COMPRESSED : form.accept();
    }

    private void send(HttpURLConnection connection, String accept, FragmentBody body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        if (body.isLong()) {
            connection.setFixedLengthStreamingMode(body.length());
        }
        connection.setRequestProperty("Content-Type", body.contentType());
        connection.setRequestProperty("Accept", accept);
        key.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
        try (OutputStream out = connection.getOutputStream()) {
            body.writeTo(out);
        }
    }

    private FetchedFragment receive(
            HttpURLConnection connection, FragmentPart part, Holding holder, Path target, long start)
            throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw refused(part.fragment(), holder, status, connection.getErrorStream());
        }
        long expected = connection.getContentLengthLong();
        long bytes;
        long firstByte = System.nanoTime();
        try (InputStream in = connection.getInputStream()) {
            bytes = Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (expected >= 0 && bytes != expected) {
            throw new IOException("%d of %d bytes came".formatted(bytes, expected));
        }
        network.received(holder.node(), bytes, Duration.ofNanos(System.nanoTime() - firstByte));
        return new FetchedFragment(
                part,
                holder.node(),
                FragmentFile.owned(target),
                connection.getHeaderFieldLong("Duckfleet-Rows", -1),
                bytes,
                Duration.ofNanos(System.nanoTime() - start),
                false);
    }

    /// The node's refusal in the coordinator's terms: what a caller can mend stays what it is, all else is
    /// the node's fault, or that of a statement that was sent as it is.
    private static FleetException refused(
            Fragment fragment, Holding holder, int status, @Nullable InputStream problem) {
        JsonNode document = read(problem);
        ErrorCode code = switch (document.path("code").asText()) {
            case "table_version_changed" -> ErrorCode.TABLE_VERSION_CHANGED;
            case "not_ready" -> ErrorCode.NOT_READY;
            case "overloaded" -> ErrorCode.OVERLOADED;
            case "memory_limit" -> ErrorCode.MEMORY_LIMIT;
            case "deadline" -> ErrorCode.DEADLINE;
            case "cancelled" -> ErrorCode.CANCELLED;
            case "result_too_large" -> ErrorCode.RESULT_TOO_LARGE;
            default -> fragment instanceof QueryFragment ? ErrorCode.SQL_FAILED : ErrorCode.NODE_UNREACHABLE;
        };
        return new FleetException(
                code,
                "the data node of table \"%s\" at %s answered %d: %s"
                        .formatted(
                                holder.table().name(),
                                holder.node(),
                                status,
                                document.path("detail").asText("no problem document")));
    }

    private static JsonNode read(@Nullable InputStream problem) {
        try {
            return problem == null ? MAPPER.createObjectNode() : MAPPER.readTree(problem);
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }

    private static FleetException unreachable(Holding holder, IOException e) {
        return new FleetException(
                ErrorCode.NODE_UNREACHABLE,
                "the data node of table \"%s\" at %s can't be reached: %s"
                        .formatted(holder.table().name(), holder.node(), e.getMessage()),
                e);
    }

    private void cancelQuietly(URI node, String fragmentId, Exception failure) {
        try {
            control.cancelFragment(node, fragmentId);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
