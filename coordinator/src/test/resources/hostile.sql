-- A statement a line. Each would change, read or reach what isn't the caller's, or isn't one SELECT over the fleet.
DROP TABLE airports
DROP VIEW airports
DROP SCHEMA main CASCADE
DELETE FROM airports
DELETE FROM airports RETURNING *
UPDATE airports SET name = 'x'
INSERT INTO airports SELECT * FROM airports
INSERT INTO airports BY NAME SELECT 1 AS name
INSERT OR REPLACE INTO airports VALUES (1)
MERGE INTO airports USING airlines ON true WHEN MATCHED THEN DELETE
CREATE TABLE mine AS FROM airports
CREATE TEMP TABLE airports AS SELECT 1
CREATE OR REPLACE VIEW airports AS SELECT 1
CREATE MACRO f(x) AS x
CREATE FUNCTION f(x) AS TABLE SELECT x
CREATE TYPE mood AS ENUM ('a')
CREATE SEQUENCE s
CREATE INDEX i ON airports (name)
CREATE SCHEMA s
CREATE SECRET (TYPE s3, KEY_ID 'x', SECRET 'y')
CREATE PERSISTENT SECRET x (TYPE s3)
DROP SECRET x
ALTER TABLE airports DROP COLUMN name
ALTER TABLE airports RENAME TO x
TRUNCATE airports
COMMENT ON TABLE airports IS 'x'
SELECT 1; DROP TABLE airports
SELECT 1; SELECT 2
SELECT 1;; SELECT 2
; SELECT 1; SELECT 2
COPY airports TO '/tmp/airports.csv'
COPY (SELECT 1) TO 's3://samples/x.csv'
COPY airports FROM '/etc/passwd'
COPY FROM DATABASE memory TO lake
EXPORT DATABASE '/tmp/x'
IMPORT DATABASE '/tmp/x'
ATTACH '/tmp/x.duckdb'
ATTACH 'postgres:host=127.0.0.1' AS p (TYPE postgres)
ATTACH OR REPLACE ':memory:' AS lake
DETACH memory
USE lake
INSTALL httpfs
FORCE INSTALL httpfs FROM 'http://127.0.0.1/'
LOAD httpfs
LOAD '/tmp/x.duckdb_extension'
UPDATE EXTENSIONS
SET memory_limit = '1TB'
SET SESSION search_path = 'x'
SET GLOBAL threads = 1000
SET VARIABLE x = 1
RESET lock_configuration
PRAGMA database_list
PRAGMA enable_profiling
PRAGMA table_info('airports')
PRAGMA version
CALL pragma_version()
CALL enable_logging()
CALL lake.merge_adjacent_files()
CALL ducklake_expire_snapshots('lake')
SHOW TABLES
SHOW ALL TABLES
SHOW DATABASES
SHOW SCHEMAS
SHOW VARIABLES
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
BEGIN
BEGIN TRANSACTION READ ONLY
COMMIT
ROLLBACK
ABORT
CHECKPOINT
FORCE CHECKPOINT
VACUUM
VACUUM ANALYZE airports
ANALYZE
EXPLAIN DROP TABLE airports
EXPLAIN ANALYZE INSERT INTO airports VALUES (1)
EXPLAIN ANALYZE COPY airports TO '/tmp/x'
EXPLAIN EXPLAIN SELECT 1
EXPLAIN
EXPLAIN ANALYZE
EXPLAIN (FORMAT graphviz) SELECT 1
EXPLAIN SELECT * FROM read_csv('x')
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_csv_auto('/etc/passwd')
SELECT * FROM READ_CSV(['/etc/passwd'])
SELECT * FROM "read_csv"('/etc/passwd')
SELECT * FROM sniff_csv('/etc/passwd')
SELECT * FROM read_text('/proc/self/environ')
SELECT * FROM read_blob('/proc/self/mem')
SELECT * FROM read_json('/etc/passwd')
SELECT * FROM read_json_auto('/etc/passwd')
SELECT * FROM read_ndjson('/etc/passwd')
SELECT * FROM read_json_objects('/etc/passwd')
SELECT * FROM read_parquet('s3://lake-data/**')
SELECT * FROM parquet_scan('s3://lake-data/**')
SELECT * FROM parquet_metadata('s3://lake-data/x')
SELECT * FROM parquet_schema('s3://lake-data/x')
SELECT * FROM parquet_file_metadata('x')
SELECT * FROM parquet_kv_metadata('x')
SELECT * FROM read_duckdb('/tmp/x.duckdb')
SELECT * FROM '/etc/passwd'
SELECT * FROM '/etc/passwd.csv'
SELECT * FROM 's3://lake-data/x.parquet'
SELECT * FROM 'http://127.0.0.1/x.csv'
SELECT * FROM "/etc/passwd"
FROM '/etc/passwd'
TABLE '/etc/passwd'
DESCRIBE '/etc/passwd.csv'
SUMMARIZE '/etc/passwd.csv'
DESCRIBE SELECT * FROM read_csv('x')
SELECT * FROM glob('/*')
SELECT * FROM glob('s3://lake-data/**')
SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'x')
SELECT * FROM postgres_query('lake', 'SELECT 1')
SELECT * FROM postgres_execute('lake', 'DROP TABLE x')
SELECT * FROM postgres_attach('host=127.0.0.1')
SELECT * FROM sqlite_scan('/tmp/x', 'y')
SELECT * FROM mysql_query('x', 'y')
SELECT * FROM iceberg_scan('s3://x')
SELECT * FROM delta_scan('s3://x')
SELECT * FROM ducklake_snapshots('lake')
SELECT * FROM ducklake_list_files('lake', 'trips')
SELECT * FROM lake.snapshots()
SELECT * FROM ducklake_table_changes('lake', 'data', 'trips', 0, 9)
SELECT * FROM query('SELECT 1')
SELECT * FROM query('DROP TABLE airports')
SELECT * FROM query_table('airports')
SELECT * FROM query_table(['airports', 'airlines'])
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_databases()
SELECT * FROM duckdb_tables()
SELECT * FROM duckdb_views()
SELECT * FROM duckdb_columns()
SELECT * FROM duckdb_functions()
SELECT * FROM duckdb_extensions()
SELECT * FROM duckdb_memory()
SELECT * FROM duckdb_temporary_files()
SELECT * FROM duckdb_variables()
SELECT * FROM duckdb_logs()
SELECT * FROM duckdb_log_contexts()
SELECT * FROM duckdb_connection_count()
SELECT * FROM duckdb_external_file_cache()
SELECT * FROM which_secret('s3://x', 's3')
SELECT * FROM pragma_database_size()
SELECT * FROM pragma_storage_info('airports')
SELECT * FROM pragma_table_info('airports')
SELECT * FROM pragma_user_agent()
SELECT * FROM pragma_platform()
SELECT * FROM show_databases()
SELECT * FROM summary((FROM airports))
SELECT * FROM checkpoint()
SELECT * FROM force_checkpoint()
SELECT * FROM enable_profiling()
SELECT * FROM test_all_types()
SELECT * FROM seq_scan('airports')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT * FROM pandas_scan(1)
SELECT * FROM from_substrait('x')
SELECT * FROM sql_auto_complete('SEL')
SELECT * FROM duckdb_keywords()
SELECT * FROM json_execute_serialized_sql('{}')
SELECT * FROM information_schema.tables
SELECT * FROM information_schema.columns
SELECT * FROM pg_catalog.pg_tables
SELECT * FROM pg_tables
SELECT * FROM sqlite_master
SELECT * FROM duckdb_tables
SELECT * FROM duckdb_settings
SELECT * FROM system.information_schema.tables
SELECT * FROM system.main.duckdb_secrets
SELECT * FROM temp.main."fragment 0"
SELECT * FROM temp.information_schema.tables
SELECT * FROM memory.inner.x
SELECT * FROM main.airports
SELECT * FROM __ducklake_metadata_lake.ducklake.ducklake_snapshot
SELECT * FROM __ducklake_metadata_lake.ducklake_table
SELECT * FROM lake.ducklake_snapshot
SELECT * FROM nowhere
SELECT * FROM lake.airports
SELECT * FROM airports, nowhere
SELECT (SELECT 1 FROM duckdb_secrets())
SELECT 1 WHERE EXISTS (FROM read_csv('x'))
WITH x AS (FROM duckdb_settings()) SELECT * FROM x
WITH x AS (INSERT INTO airports VALUES (1)) SELECT 1
WITH x AS (DELETE FROM airports RETURNING *) SELECT * FROM x
WITH RECURSIVE r AS (FROM read_text('x') UNION ALL FROM r) FROM r
SELECT * FROM airports UNION SELECT * FROM read_csv('x')
SELECT * FROM airports JOIN LATERAL (FROM glob('*')) ON true
SELECT * FROM (PIVOT read_csv('x') ON y)
PIVOT duckdb_settings() ON name
UNPIVOT duckdb_settings() ON name
SELECT list_transform([1], lambda x: getenv('HOME'))
SELECT current_setting('temp_directory')
SELECT main.current_setting('temp_directory')
SELECT system.main.current_setting('temp_directory')
SELECT getvariable('x')
SELECT getenv('AWS_SECRET_ACCESS_KEY')
SELECT sleep_ms(100000)
SELECT write_log('x')
SELECT nextval('s')
SELECT currval('s')
SELECT pg_get_viewdef(1)
SELECT current_query()
SELECT txid_current()
SELECT stats(name) FROM airports
SELECT name FROM airports ORDER BY getenv('x')
SELECT name FROM airports GROUP BY getenv(name)
SELECT name FROM airports HAVING write_log('x')
SELECT count(*) FILTER (write_log('x')) FROM airports
SELECT sum(1) OVER (ORDER BY nextval('s')) FROM airports
SELECT name FROM airports QUALIFY getenv('x') = row_number() OVER ()
SELECT name FROM airports LIMIT (SELECT getenv('x')::INT)
SELECT * REPLACE (getenv('x') AS name) FROM airports
SELECT COLUMNS(c -> getenv(c) IS NULL) FROM airports
SELECT CASE WHEN true THEN getenv('x') END
SELECT x.getenv() FROM (SELECT 'HOME' AS x)
SELECT rowid FROM airports
SELECT airports.rowid FROM airports
SELECT nope FROM airports
SELECT airports.nope FROM airports
SELECT f(1) FROM airports
SELECT * FROM airports WHERE
SELEC 1
SELECT 'unfinished
SELECT "unfinished
SELECT /* unfinished
SELECT $$unfinished
SELECT (1
SELECT 1)
()
;
SELECT json_deserialize_sql('{"error":false,"statements":[{"node":{"type":"SELECT_NODE","modifiers":[],"cte_map":{"map":[]},"select_list":[],"from_table":null}}]}')
SELECT json_deserialize_sql(json_serialize_sql('SELECT 1'))
SELECT * FROM duckdb_table_sample('airports')
FROM duckdb_table_sample(airports)
