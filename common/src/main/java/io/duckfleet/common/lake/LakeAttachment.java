package io.duckfleet.common.lake;

import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;

/// Attaches the lake to a DuckDB instance as catalog [#CATALOG]; the tables stand in its schema [#SCHEMA].
/// Credentials go into DuckDB secrets as bound parameters: they stand in no SQL text and not in
/// `duckdb_databases()`.
public final class LakeAttachment {

    /// The lake's name in SQL.
    public static final String CATALOG = "lake";

    /// The lake's schema for users' tables, and so the folder of their files.
    public static final String SCHEMA = "data";

    /// Connections to the catalog that are kept for the next statement. DuckDB keeps four of itself (seen on
    /// two cores), and opens one for every transaction beyond: eight clients at once get half as many answers
    /// then. Those that are idle for a minute are closed.
    private static final int KEPT_CONNECTIONS = 32;

    private LakeAttachment() {}

    /// Attaches for reading alone; the lake must exist.
    public static void readOnly(Session session, LakeSettings lake) {
        attach(session, lake, " (READ_ONLY)");
    }

    /// Attaches for reading and writing, and makes the lake's catalog when there is none. Data inlining is
    /// off from the first moment: inlined rows crash readers after an ALTER (DuckDB 1.5.5).
    public static void readWrite(Session session, LakeSettings lake) {
        attach(session, lake, "");
        session.execute("CALL lake.set_option('data_inlining_row_limit', 0)");
        session.execute("CREATE SCHEMA IF NOT EXISTS lake.data");
    }

    /// A user's table in SQL, with catalog and schema, whatever the session's search path.
    public static String qualified(TableName table) {
        return CATALOG + "." + SCHEMA + "." + table.quoted();
    }

    private static void attach(Session session, LakeSettings lake, String mode) {
        Extensions.HTTPFS.load(session);
        Extensions.POSTGRES.load(session);
        Extensions.DUCKLAKE.load(session);
        createSecrets(session, lake);
        session.execute("SET GLOBAL pg_pool_max_connections = " + KEPT_CONNECTIONS);
        session.execute("ATTACH 'ducklake:duckfleet_lake' AS lake" + mode);
    }

    /// The endpoint is a setting, which a session may have another value of, not part of the secret.
    private static void createSecrets(Session session, LakeSettings lake) {
        session.execute(
                "SET GLOBAL s3_endpoint = " + Identifiers.literal(lake.s3().authority()));
        session.execute(
                """
                CREATE OR REPLACE SECRET duckfleet_s3 (TYPE s3, KEY_ID ?, SECRET ?, REGION ?, USE_SSL ?, URL_STYLE 'path', SCOPE ?)
                """,
                lake.s3().accessKey(),
                lake.s3().secretKey(),
                lake.s3().region(),
                lake.s3().usesTls(),
                "s3://" + lake.s3().bucket());
        session.execute(
                """
                CREATE OR REPLACE SECRET duckfleet_catalog (TYPE postgres, HOST ?, PORT ?, DATABASE ?, USER ?, PASSWORD ?)
                """,
                lake.catalog().host(),
                lake.catalog().port(),
                lake.catalog().database(),
                lake.catalog().user(),
                lake.catalog().password());
        session.execute("""
                CREATE OR REPLACE SECRET duckfleet_lake (TYPE ducklake, METADATA_PATH '', DATA_PATH ?, METADATA_SCHEMA ?,
                    METADATA_PARAMETERS MAP {'TYPE': 'postgres', 'SECRET': 'duckfleet_catalog'})
                """, lake.dataPath(), lake.catalog().schema());
    }
}
