-- Statements whose answer was wrong once, each with what was wrong. Over `d1 (id BIGINT, k BIGINT, v VARCHAR[],
-- arr INTEGER[2], deep STRUCT(a INTEGER[2], b INTERVAL))`, `d2 (id BIGINT, k BIGINT, b BOOLEAN)`.

-- A filter within a materialized CTE was pushed to the scan, its column not projected and so not fetched.
WITH c AS MATERIALIZED (SELECT * FROM d1 WHERE d1.id > ALL (SELECT q.id FROM d2 AS q WHERE coalesce(q.k, -1) = 3)) SELECT c.id FROM c WHERE c.v IS NULL;

-- Arrays of a fixed length came back as lists.
SELECT arr, deep FROM d1;
SELECT typeof(arr), typeof(deep), arr[1] AS p FROM d1 WHERE arr = [1, 2]::INTEGER[2];

-- DuckDB's Parquet reader failed on a filter of a nested column ("Out of buffer").
SELECT * FROM d1 WHERE d1.v IS DISTINCT FROM CAST([NULL] AS VARCHAR[]);
SELECT k, count(*), min(v) FROM d1 WHERE v IS DISTINCT FROM ['x'] GROUP BY ROLLUP (k);

-- DuckDB writes an infinite constant into its tree as no JSON reader takes it: that was an error of the server's.
SELECT id, 1e400 AS most, -1e400 AS least FROM d1 WHERE id < 1e400;
SELECT count(*) FROM d1 JOIN d2 USING (id) WHERE d1.k > -1e999 AND d2.k <> 1e999; -- and a comment behind the end
