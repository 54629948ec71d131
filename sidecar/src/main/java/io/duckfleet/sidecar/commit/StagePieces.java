package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Cursor;
import io.duckfleet.common.duckdb.DuckDbErrors;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.sidecar.schema.JsonPiece;
import java.sql.Array;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pieces of JSON on their way into DuckDB as parameters of one statement: five arrays of equal length.
final class StagePieces {

    /// The pieces as a subquery with columns `body`, `batch`, `day`, `today`, `received_at`.
    static final String SOURCE = """
            SELECT unnest(?::VARCHAR[]) AS body, unnest(?::INTEGER[]) AS batch, unnest(?::DATE[]) AS day, unnest(?::DATE[]) AS today,
                unnest(?::TIMESTAMPTZ[]) AS received_at
            """;

    /// Small pieces parse several times faster than one large array.
    static final int PIECE_BYTES = 256 * 1024;

    /// A statement holds its pieces as Java texts.
    static final int STATEMENT_BYTES = 4 * 1024 * 1024;

    private final List<JsonPiece> pieces = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();
    private final List<@Nullable String> days = new ArrayList<>();
    private final List<String> todays = new ArrayList<>();
    private final List<String> receivedAt = new ArrayList<>();
    private long bytes;

    /// Adds a piece of `batch`, which is the batch number `number` of the statement.
    void add(JsonPiece piece, int number, Batch batch) {
        pieces.add(piece);
        batches.add(Integer.toString(number));
        days.add(batch.day().map(LocalDate::toString).orElse(null));
        todays.add(LocalDate.ofInstant(batch.receivedAt(), ZoneOffset.UTC).toString());
        receivedAt.add(batch.receivedAt().toString());
        bytes += piece.bytes();
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /// Whether there is enough for one statement.
    boolean isFull() {
        return bytes >= STATEMENT_BYTES;
    }

    /// How many bytes the pieces have.
    long bytes() {
        return bytes;
    }

    /// Runs `sql`, which has [#SOURCE] in it, over the pieces, and forgets them.
    ///
    /// @throws FleetException `invalid_request` if DuckDB can't read them
    void run(Session session, String sql) {
        given(session, parameters -> {
            session.execute(sql, parameters);
            return true;
        });
    }

    /// As [#run(Session, String)], and gives the rows, to be closed by the caller.
    Cursor rows(Session session, String sql) {
        return given(session, parameters -> session.openCursor(sql, parameters));
    }

    private <T> T given(Session session, Function<Object[], T> statement) {
        try {
            List<String> bodies = pieces.stream().map(JsonPiece::text).toList();
            T result = statement.apply(Stream.of(bodies, batches, days, todays, receivedAt)
                    .map(values -> texts(session, values))
                    .toArray());
            List.of(pieces, batches, days, todays, receivedAt).forEach(List::clear);
            bytes = 0;
            return result;
        } catch (FleetException e) {
            throw e.code() == ErrorCode.SQL_FAILED
                    ? FleetException.invalid("records", "can't be read: " + e.detail())
                    : e;
        }
    }

    private static Array texts(Session session, List<? extends @Nullable String> values) {
        try {
            return session.connection().createArrayOf("VARCHAR", values.toArray());
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }
}
