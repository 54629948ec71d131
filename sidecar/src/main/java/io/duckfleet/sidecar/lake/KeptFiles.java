package io.duckfleet.sidecar.lake;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.s3.S3Settings;
import io.duckfleet.common.sql.Identifiers;
import org.jboss.logging.Logger;

/// Keeps the files of a commit whose outcome isn't known. DuckLake (1.5.5) takes a COMMIT without an answer
/// for a failed one and deletes its files, while Postgres may have committed, and the catalog names them.
///
/// It does so through the file system of the DuckDB instance, which sees global settings; everything else
/// goes through a session's, which sees the session's. So every session has the S3 endpoint as a setting of
/// its own, and while any session commits, the global endpoint is a place where nobody answers.
/// Thread-safe.
final class KeptFiles {

    private static final Logger LOG = Logger.getLogger(KeptFiles.class);

    /// A reserved port of the machine itself: refused at once.
    private static final String NOWHERE = "127.0.0.1:1";

    private static final int RETRIES = 3;

    private final String endpoint;
    private int committing;

    KeptFiles(S3Settings s3) {
        this.endpoint = s3.authority();
    }

    /// To be called for a new instance, before it writes anything.
    void prepare(Session session) {
        session.execute("SET GLOBAL http_retries = 0");
        setGlobal(session, endpoint);
        use(session);
    }

    /// Lets the session itself reach S3 at any time.
    void use(Session session) {
        session.execute("SET SESSION s3_endpoint = " + Identifiers.literal(endpoint));
        session.execute("SET SESSION http_retries = " + RETRIES);
    }

    /// Ends the session's transaction with a COMMIT.
    void commit(Session session) {
        begin(session);
        try {
            session.commit();
        } finally {
            end(session);
        }
    }

    private synchronized void begin(Session session) {
        setGlobal(session, NOWHERE);
        committing++;
    }

    /// If that fails, files of failed transactions stay until the orphans are removed; nothing else.
    private synchronized void end(Session session) {
        committing--;
        if (committing > 0) {
            return;
        }
        try {
            setGlobal(session, endpoint);
        } catch (FleetException e) {
            LOG.warnf("files of failed transactions are left to maintenance from now on: %s", e.detail());
        }
    }

    private static void setGlobal(Session session, String endpoint) {
        session.execute("SET GLOBAL s3_endpoint = " + Identifiers.literal(endpoint));
    }
}
