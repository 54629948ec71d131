-- Each syntax of DuckDB's SELECT, over airports, airlines and routes; each must give what one DuckDB gives.

-- PIVOT as a statement, without and with an IN list, in subqueries and CTEs
PIVOT airlines ON active USING count(*) GROUP BY country;
PIVOT (SELECT country, active FROM airlines WHERE country < 'D') ON active;
PIVOT airlines ON active, country IN ('France', 'Spain') USING count(*) GROUP BY callsign ORDER BY callsign LIMIT 20;
PIVOT airlines ON active IN ('Y', 'N') USING count(*) AS n, max(airline_id) AS top GROUP BY country;
SELECT * FROM (PIVOT airports ON dst USING avg(altitude_ft) GROUP BY country) WHERE country LIKE 'A%';
WITH p AS (PIVOT airlines ON active USING count(*) GROUP BY country) SELECT a.name, p.* FROM p JOIN airports a ON a.country = p.country WHERE a.altitude_ft > 9000;
WITH few AS (SELECT * FROM airlines WHERE country IN ('Peru', 'Chile')) PIVOT few ON country USING count(*);
PIVOT airlines ON active || '-' || (airline_id % 2) USING count(*);
PIVOT (airlines JOIN routes USING (airline_id)) ON stops USING count(*) GROUP BY country;
SELECT (SELECT count(*) FROM (PIVOT airlines ON country USING count(*))) AS n;
FROM (PIVOT routes ON stops USING count(*) GROUP BY airline) ORDER BY ALL LIMIT 5;
SELECT country FROM (PIVOT airlines ON active USING count(*) GROUP BY country);
SELECT * FROM airlines PIVOT (count(*) FOR active IN ('Y', 'N') GROUP BY country);
SELECT * FROM (SELECT airline, stops FROM routes) PIVOT (count(*) FOR stops IN (0, 1));
SELECT "pivot" FROM (SELECT name AS "pivot" FROM airlines) WHERE "pivot" = 'Air France';

-- UNPIVOT
UNPIVOT (SELECT airport_id, iata, icao FROM airports) ON iata, icao INTO NAME kind VALUE code;
UNPIVOT (SELECT name, latitude, longitude FROM airports WHERE country = 'Iceland') ON COLUMNS(* EXCLUDE (name)) INTO NAME axis VALUE degrees;
UNPIVOT (SELECT name, airline_id, active FROM airlines) ON (name, active) INTO NAME what VALUE a, b;
SELECT * FROM (SELECT airport_id, iata, icao FROM airports) UNPIVOT (code FOR kind IN (iata, icao)) WHERE airport_id < 20;
UNPIVOT (SELECT airline_id, alias, iata FROM airlines WHERE airline_id < 40) ON alias, iata;
SELECT * FROM (SELECT airline_id, alias, iata FROM airlines WHERE airline_id < 40) UNPIVOT INCLUDE NULLS (code FOR kind IN (alias, iata));

-- DESCRIBE, SUMMARIZE, SHOW, TABLE, VALUES
DESCRIBE airlines;
DESC SELECT a.name, r.stops FROM airlines a JOIN routes r USING (airline_id);
SHOW routes;
SUMMARIZE SELECT airport_id, country FROM airports WHERE altitude_ft > 5000;
SELECT column_name, column_type FROM (DESCRIBE airports) WHERE column_type = 'DOUBLE';
SELECT column_name, "null_percentage" FROM (SUMMARIZE airlines);
TABLE airlines;
(SELECT name FROM airlines WHERE airline_id = 24);
VALUES (1, 'a'), (2, 'b');

-- FROM-first
FROM airlines WHERE airline_id < 10;
FROM airlines SELECT country, count(*) AS n GROUP BY ALL HAVING n > 100;
FROM airlines AS a JOIN routes AS r USING (airline_id) SELECT DISTINCT a.name WHERE r.stops = 1;
FROM (FROM routes SELECT airline, stops WHERE stops > 0);
FROM a : airlines SELECT a.name WHERE a.airline_id = 24;
SELECT n: name, c: country FROM airlines WHERE airline_id < 5;

-- SAMPLE, repeatable
SELECT count(*) FROM (SELECT * FROM airlines USING SAMPLE 100%);
SELECT count(*) FROM airlines TABLESAMPLE reservoir(50 ROWS);
SELECT count(*) FROM airlines USING SAMPLE 20 ROWS;

-- COLUMNS, EXCLUDE, REPLACE, RENAME
SELECT COLUMNS(*) FROM airlines WHERE airline_id < 9;
SELECT COLUMNS(c -> c LIKE '%id') FROM routes WHERE airline = 'FI';
SELECT max(COLUMNS(* EXCLUDE (name, alias))) FROM airlines;
SELECT COLUMNS('(i)(ata|cao)') AS '\2_\1' FROM airports WHERE country = 'Iceland';
SELECT * EXCLUDE (name, alias) FROM airlines WHERE airline_id < 9;
SELECT * EXCLUDE (a.name), r.stops FROM airlines a JOIN routes r USING (airline_id) WHERE r.stops = 1;
SELECT * REPLACE (lower(name) AS name, airline_id + 1 AS airline_id) FROM airlines WHERE airline_id < 9;
SELECT * RENAME (name AS title, country AS land) FROM airlines WHERE airline_id < 9;
SELECT a.* EXCLUDE (alias), r.* EXCLUDE (airline_id) FROM airlines a JOIN routes r USING (airline_id) WHERE r.airline = 'FI';
SELECT * FROM airlines WHERE COLUMNS(['name', 'country']) LIKE 'A%';
SELECT [*COLUMNS('.*code.*|iata')] AS codes FROM airports WHERE country = 'Iceland';
SELECT coalesce(*COLUMNS(['alias', 'callsign', 'name'])) AS one FROM airlines WHERE airline_id < 100;
SELECT * LIKE '%name%' FROM airlines WHERE airline_id < 5;
SELECT struct_pack(*COLUMNS(['name', 'country'])) AS pair FROM airlines WHERE airline_id < 5;
SELECT UNNEST(struct_pack(name, country)) FROM airlines WHERE airline_id < 5;

-- Lambdas and list comprehensions
SELECT list_filter(list(stops ORDER BY stops), lambda x: x > 0) FROM routes WHERE airline IN ('FI', 'WN') GROUP BY airline;
SELECT list_transform(list(name ORDER BY name), lambda n, i: i || n) FROM airlines WHERE airline_id < 20;
SELECT list_reduce(list(airline_id ORDER BY airline_id), lambda a, b: a + b) FROM airlines WHERE airline_id BETWEEN 1 AND 50;
SELECT [upper(n) FOR n IN list(name ORDER BY name) IF n LIKE 'A%'] FROM airlines WHERE airline_id < 60;
SELECT airline_id, [x * airline_id FOR x IN range(3)] FROM airlines WHERE airline_id < 9;
SELECT list_transform([1, 2], lambda x: x + m) FROM (SELECT max(stops) AS m FROM routes);
SELECT name[1:3], name[-1], string_split(name, ' ')[1] FROM airlines WHERE airline_id < 30;

-- Joins of every kind
SELECT a.name, r.airline FROM airlines a INNER JOIN routes r ON a.airline_id = r.airline_id WHERE r.stops = 1;
SELECT a.name, r.airline FROM airlines a LEFT OUTER JOIN routes r ON a.airline_id = r.airline_id AND r.stops = 1 WHERE a.country = 'Canada';
SELECT a.name, r.airline FROM routes r RIGHT OUTER JOIN airlines a ON a.airline_id = r.airline_id AND r.stops = 1 WHERE a.country = 'Canada';
SELECT a.name, r.airline FROM (FROM airlines WHERE country = 'Peru') a FULL OUTER JOIN (FROM routes WHERE stops = 1) r ON a.airline_id = r.airline_id;
SELECT name FROM airlines SEMI JOIN routes ON airlines.airline_id = routes.airline_id AND stops > 0;
SELECT name FROM airlines ANTI JOIN routes ON airlines.airline_id = routes.airline_id WHERE country = 'Chile';
SELECT a.name, b.name FROM (FROM airlines WHERE airline_id < 9) a CROSS JOIN (FROM airports WHERE airport_id < 4) b;
SELECT a.name, b.name FROM airlines a, airports b WHERE a.country = b.country AND a.country = 'Peru';
SELECT a.name, b.stops FROM airlines a JOIN routes b ON a.airline_id < b.airline_id AND b.airline = 'FI' AND a.airline_id < 60;
SELECT a.airline_id, p.airport_id FROM airlines a ASOF JOIN airports p ON a.airline_id >= p.airport_id WHERE a.airline_id < 200;
SELECT a.airline_id, p.airport_id FROM airlines a ASOF LEFT JOIN airports p ON a.country = p.country AND a.airline_id > p.airport_id WHERE a.airline_id < 200;
SELECT a.name, p.name FROM airlines a POSITIONAL JOIN airports p;
SELECT a.name, p.x FROM (FROM airlines LIMIT 4) a POSITIONAL JOIN (VALUES (1), (2)) p(x);
SELECT count(*) FROM airlines NATURAL JOIN routes;
SELECT count(*) FROM airlines NATURAL LEFT JOIN (SELECT airline_id, stops FROM routes WHERE stops = 1);
SELECT airline_id, name, stops FROM airlines JOIN routes USING (airline_id) WHERE stops = 1;
SELECT airline_id, count(*) FROM airlines FULL JOIN routes USING (airline_id) GROUP BY airline_id HAVING count(*) > 500;
SELECT country, count(*) FROM airlines JOIN airports USING (country) GROUP BY country;
SELECT a.name, l.n FROM airlines a LEFT JOIN LATERAL (SELECT count(*) AS n FROM routes r WHERE r.airline_id = a.airline_id AND r.stops > 0) l ON true WHERE a.country = 'Canada';
SELECT a.name, x.e FROM (FROM airlines WHERE airline_id = 24) a, LATERAL (SELECT unnest(string_split(equipment, ' ')) AS e FROM routes r WHERE r.airline_id = a.airline_id) x;
SELECT a.airline_id, b.g FROM airlines a, LATERAL (SELECT a.airline_id + 1) b(g) WHERE a.airline_id < 9;
SELECT a.airline_id, g FROM airlines a, range(a.airline_id) t(g) WHERE a.airline_id < 6;
SELECT a.name FROM airlines a JOIN routes r ON a.airline_id = r.airline_id JOIN airports s ON s.airport_id = r.source_airport_id JOIN airports d ON d.airport_id = r.destination_airport_id WHERE s.country = 'Iceland' AND d.country = 'Norway';

-- CTEs, also recursive
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM a, b;
WITH a AS MATERIALIZED (SELECT * FROM airlines WHERE country = 'Peru'), b AS NOT MATERIALIZED (SELECT * FROM routes) SELECT a.name, count(*) FROM a JOIN b USING (airline_id) GROUP BY ALL;
WITH a(x, y) AS (SELECT airline_id, name FROM airlines) SELECT y FROM a WHERE x = 24;
WITH RECURSIVE hop(airport, n) AS (SELECT 'KEF', 0 UNION ALL SELECT DISTINCT destination_airport, n + 1 FROM hop JOIN routes ON source_airport = airport WHERE n < 1) SELECT airport, min(n) FROM hop GROUP BY airport;
WITH RECURSIVE hop(airport, n) USING KEY (airport) AS (SELECT 'KEF', 0 UNION SELECT destination_airport, n + 1 FROM hop JOIN routes ON source_airport = airport WHERE n < 1 AND airline = 'FI') SELECT * FROM hop;
WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT name FROM airlines JOIN r ON n = airline_id;
SELECT * FROM airlines WHERE airline_id IN (WITH c AS (SELECT airline_id FROM routes WHERE stops = 1) FROM c);
WITH routes AS (SELECT 'x' AS name) SELECT airlines.name FROM airlines, routes WHERE routes.name = 'x' AND airline_id < 5;
WITH airlines AS (FROM routes), routes AS (FROM airlines) SELECT count(*), max(stops) FROM routes;
SELECT * FROM (WITH airlines AS (SELECT 7 AS z) FROM airlines) CROSS JOIN (SELECT count(*) FROM airlines);
WITH AirLines AS (SELECT 5 AS x) SELECT * FROM AIRLINES;

-- Subqueries
SELECT name, (SELECT count(*) FROM routes r WHERE r.airline_id = a.airline_id AND r.stops = (SELECT max(stops) FROM routes)) FROM airlines a WHERE country = 'Canada';
SELECT name FROM airlines a WHERE (SELECT count(*) FROM routes r WHERE r.airline_id = a.airline_id) > 1000;
SELECT name FROM airlines a WHERE a.country = (SELECT country FROM airports p WHERE p.airport_id = a.airline_id);
SELECT name FROM airlines WHERE (country, active) IN (SELECT country, 'Y' FROM airports WHERE altitude_ft > 12000);
SELECT name FROM airlines WHERE airline_id <= ALL (SELECT airline_id FROM routes WHERE airline_id > 0);
SELECT ARRAY(SELECT DISTINCT stops FROM routes ORDER BY stops);
SELECT name FROM airports WHERE EXISTS (FROM routes WHERE source_airport_id = airport_id AND airline = 'FI') AND NOT EXISTS (FROM routes WHERE destination_airport_id = airport_id AND airline = 'BA');
SELECT (SELECT name FROM airlines WHERE airline_id = 24), (SELECT max(name) FROM airports WHERE country = 'Peru');

-- Windows and QUALIFY
SELECT name, row_number() OVER (ORDER BY airline_id) FROM airlines WHERE airline_id < 50;
SELECT airport_id, sum(altitude_ft) OVER w, lag(altitude_ft, 2, 0) OVER w FROM airports WHERE country = 'Iceland' WINDOW w AS (ORDER BY airport_id);
SELECT airport_id, avg(altitude_ft) OVER (PARTITION BY country ORDER BY airport_id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM airports WHERE country < 'C';
SELECT name FROM airports QUALIFY row_number() OVER (PARTITION BY country ORDER BY altitude_ft DESC, airport_id) = 1;
SELECT country, name FROM airlines WHERE active = 'Y' QUALIFY count(*) OVER (PARTITION BY country) = 1;
SELECT airline, count(*) FROM routes GROUP BY airline QUALIFY rank() OVER (ORDER BY count(*) DESC) <= 3;
SELECT airport_id, quantile_cont(altitude_ft, 0.5) OVER (ORDER BY airport_id RANGE BETWEEN 100 PRECEDING AND 100 FOLLOWING) FROM airports WHERE airport_id < 300;
SELECT name, ntile(4) OVER (ORDER BY airport_id), first_value(name IGNORE NULLS) OVER (ORDER BY airport_id) FROM airports WHERE country = 'Peru';

-- Grouping
SELECT country, active, count(*), grouping(country, active) FROM airlines GROUP BY GROUPING SETS ((country, active), (country), ());
SELECT country, active, count(*) FROM airlines WHERE country < 'C' GROUP BY ROLLUP (country, active);
SELECT country, active, count(*) FROM airlines WHERE country < 'C' GROUP BY CUBE (country, active) HAVING count(*) > 3;
SELECT left(country, 1) AS c, count(*) FROM airlines GROUP BY c ORDER BY c;
SELECT country, any_value(active) IS NOT NULL FROM airlines GROUP BY 1 ORDER BY 1 LIMIT 10;
SELECT count(*) FILTER (active = 'Y'), count(*) FILTER (WHERE active = 'N'), count(DISTINCT country) FROM airlines;
SELECT arg_max(name, altitude_ft), arg_min(name, airport_id), string_agg(iata, ',' ORDER BY iata) FROM airports WHERE country = 'Iceland';
SELECT histogram(stops), approx_count_distinct(stops), bit_xor(stops) FROM routes;

-- Set operations, by position and by name
SELECT country FROM airlines UNION ALL SELECT country FROM airports WHERE altitude_ft > 9000;
SELECT country AS c, name FROM airlines WHERE airline_id < 20 UNION BY NAME SELECT name, country AS c FROM airports WHERE airport_id < 20;
SELECT country FROM airports EXCEPT ALL SELECT country FROM airlines;
(SELECT country FROM airlines INTERSECT SELECT country FROM airports) EXCEPT SELECT 'France' ORDER BY 1;
SELECT name FROM airlines WHERE airline_id = 24 UNION ALL (SELECT name FROM airports ORDER BY name LIMIT 3);
(FROM airlines SELECT airline_id LIMIT 3) UNION ALL BY NAME (FROM airlines SELECT name, airline_id LIMIT 2);
SELECT 1 AS a UNION ALL SELECT 2 AS b;

-- ORDER BY, LIMIT, DISTINCT ON
SELECT name FROM airports ORDER BY altitude_ft DESC NULLS LAST, name LIMIT 5;
SELECT name FROM airports ORDER BY ALL DESC LIMIT 5;
SELECT name FROM airports ORDER BY airport_id LIMIT 1%;
SELECT name FROM airports ORDER BY name COLLATE NOCASE, airport_id LIMIT 10;
SELECT DISTINCT ON (country) country, name FROM airports ORDER BY country, airport_id;
SELECT name FROM airports ORDER BY airport_id LIMIT (SELECT 3);
SELECT name FROM airports ORDER BY airport_id OFFSET 7690;

-- Names: case, quotes, aliases, reserved words
SELECT NAME, "Name", "nAmE" FROM AIRLINES WHERE AIRLINE_ID = 24;
SELECT airlines.name FROM "airlines" WHERE "airlines"."airline_id" = 24;
SELECT "select".name AS "from" FROM airlines AS "select" WHERE "select".airline_id = 24;
SELECT routes.name FROM airlines AS routes WHERE routes.airline_id = 24;
SELECT airlines.airlines FROM (SELECT name AS airlines, airline_id FROM airlines) AS airlines WHERE airline_id = 24;
SELECT airlines FROM airlines WHERE airline_id = 24;
SELECT a.name FROM airlines a(name, airline_id) WHERE a.airline_id = 'Air France';
SELECT name AS country, country AS name FROM airlines WHERE country = 'Peru' ORDER BY name, country;
SELECT name AS n, n || '!' AS m, m || '?' FROM airlines WHERE airline_id = 24;
SELECT x FROM (SELECT airline_id AS x FROM airlines) WHERE x < 10 GROUP BY x HAVING x > 2;
SELECT 'größe' AS "ö ü", name FROM airlines WHERE name LIKE 'ö%' OR airline_id = 24;

-- Expressions that JSqlParser doesn't read, or reads otherwise
SELECT 7 // 2, 7 ** 2, 5 ^ 2, 7 & 3, ~7, 'a' || 'b';
SELECT {'a': airline_id, 'b': {'c': name}}.b.c FROM airlines WHERE airline_id = 24;
SELECT MAP {'x': airline_id, 'y': 2}['x'] FROM airlines WHERE airline_id = 24;
SELECT [1, 2, 3][2], ARRAY[1, 2], (1, 2), row(1, name) FROM airlines WHERE airline_id = 24;
SELECT TRY_CAST(name AS INTEGER), name::VARCHAR(3), CAST(airline_id AS UTINYINT) FROM airlines WHERE airline_id = 24;
SELECT name.upper().left(3) FROM airlines WHERE airline_id < 9;
SELECT TRY(airline_id // 0) FROM airlines WHERE airline_id = 24;
SELECT CASE country WHEN 'Peru' THEN 1 ELSE 0 END AS p, count(*) FROM airlines GROUP BY p;
SELECT name FROM airlines WHERE name ~ '^A.*x$' OR name SIMILAR TO 'B.*y' OR name GLOB 'C*z' OR name ILIKE 'd%s';
SELECT name FROM airlines WHERE airline_id IS DISTINCT FROM 24 AND airline_id BETWEEN 20 AND 30;
SELECT name FROM airlines WHERE airline_id IN [24, 25] AND country NOT IN ('Peru');
SELECT DATE '2026-01-31' + INTERVAL 1 MONTH, INTERVAL '2' DAY * 3, date_diff('day', DATE '2026-01-01', DATE '2026-02-01');
SELECT extract(year FROM DATE '2026-03-01'), TIMESTAMP '2026-01-01 00:00:00' AT TIME ZONE 'Europe/Oslo';
SELECT count(*), FROM airlines,;
SELECT name, country, FROM airlines WHERE airline_id < 5;
SELECT /* a /* nested */ comment */ name -- and another; with a semicolon
FROM airlines WHERE airline_id = 24;
SELECT $$it's$$, $x$a$$b$x$, E'a\nb', 'it''s' FROM airlines WHERE airline_id = 24;
SELECT 1_000_000, 0x1F, 1e3, .5;
SELECT format('{} {}', name, airline_id), printf('%05d', airline_id) FROM airlines WHERE airline_id = 24;
SELECT * FROM airlines WHERE name = 'Air France' AND (SELECT true);
SELECT * FROM generate_series(1, 3), unnest(['a', 'b']) AS u(x);
SELECT unnest([1, 2]), unnest([{'a': 1, 'b': 2}], recursive := true);
SELECT j.key, j.value FROM json_each('{"a": 1, "b": [2]}') j;
SELECT json_extract_string('{"a": {"b": "c"}}', '$.a.b'), '{"a": 5}'::JSON ->> 'a', to_json(name) FROM airlines WHERE airline_id = 24;
SELECT row_number() OVER () AS n, * FROM airlines LIMIT 3;
SELECT alias IS NULL, count(*) FROM airlines GROUP BY ALL ORDER BY ALL;
SELECT list(DISTINCT country ORDER BY country)[1:3] FROM airlines;
SELECT bar(altitude_ft, 0, 15000, 10) FROM airports WHERE country = 'Peru';

-- Collations, which decide what is equal
SELECT name FROM airlines WHERE name COLLATE NOCASE = 'AIR france' ORDER BY airline_id;
SELECT name FROM airlines WHERE name COLLATE NOCASE IN ('AIR FRANCE', 'klm royal dutch airlines') ORDER BY name;
SELECT name FROM airlines WHERE name COLLATE NOCASE BETWEEN 'air fa' AND 'AIR FZ' ORDER BY name, airline_id;
SELECT count(DISTINCT name COLLATE NOCASE) FROM airlines;
SELECT a.airline_id, b.airline_id FROM airlines a JOIN airlines b ON a.name COLLATE NOCASE = upper(b.name) WHERE a.airline_id < 100 ORDER BY ALL;
SELECT name FROM airlines WHERE name COLLATE NOACCENT = 'Aéro Califórnia' OR country COLLATE NOCASE.NOACCENT = 'PERÚ' ORDER BY name, airline_id;

-- States of aggregates
SELECT finalize(sum(stops) EXPORT_STATE) FROM routes;
SELECT finalize(combine(a.s, b.s)) FROM (SELECT sum(airline_id) EXPORT_STATE AS s FROM airlines) a, (SELECT sum(airline_id) EXPORT_STATE AS s FROM airlines WHERE country = 'Peru') b;
