-- Whole queries at one node; airlines_again is airlines under another name.

SELECT country, count(*) AS n, min(name) FROM airlines GROUP BY country HAVING n > 10 ORDER BY n DESC, country;
SELECT name AS x, country AS x, airline_id AS "x ""y" FROM airlines WHERE upper(country) = 'PERU';
SELECT count(*), count(a.country), sum(b.airline_id) FROM airlines a JOIN airlines_again b USING (airline_id);
SELECT airlines.country, airlines_again.name FROM airlines, airlines_again WHERE airlines.airline_id = airlines_again.airline_id ORDER BY airlines.airline_id LIMIT 9;
SELECT count(*) FROM airlines_again WHERE airline_id NOT IN (SELECT airline_id FROM airlines WHERE country = 'Peru');
SELECT count(*) FROM airlines WHERE airline_id NOT IN (SELECT airline_id FROM airlines_again WHERE false);
WITH airlines_again AS (SELECT 7 AS z, count(*) AS n FROM airlines_again) SELECT z, n, max(name) FROM airlines_again, airlines GROUP BY ALL;
WITH "airlines on its node" AS (SELECT 5 AS x) SELECT sum(x) FROM "airlines on its node", airlines WHERE airline_id < 9;
SELECT name FROM airlines WHERE name LIKE '%''%' OR name = 'a -- b' -- a comment at the end
;
SELECT name FROM airlines_again ORDER BY name DESC NULLS LAST LIMIT 5 OFFSET 3;
SELECT * FROM airlines_again QUALIFY row_number() OVER (PARTITION BY country ORDER BY airline_id) = 1;
SUMMARIZE airlines_again;
PIVOT airlines_again ON active IN ('Y', 'N') USING count(*) GROUP BY country;
SELECT country, sum(airline_id) AS s, avg(airline_id) AS a, sum(airline_id::DECIMAL(9, 2)) AS d, sum(airline_id::HUGEINT) AS h FROM airlines GROUP BY ROLLUP (country);
SELECT DISTINCT active FROM airlines UNION SELECT iata FROM airlines_again WHERE airline_id < 20;
SELECT max(airlines_again) IS NULL FROM airlines_again;
SELECT list(name ORDER BY name)[1:3] AS l, count(*) FILTER (country = 'Peru') AS n, INTERVAL 1 DAY * count(*) AS i FROM airlines_again;
SELECT count(*), max(DATE '2026-01-31' + INTERVAL 1 MONTH) FROM airlines;
SELECT count(*) FROM airlines WHERE TRY_CAST(iata AS INTEGER) IS NOT NULL;
SELECT country, n FROM (SELECT country, count(*) AS n FROM airlines_again GROUP BY country) WHERE n = (SELECT max(n) FROM (SELECT count(*) AS n FROM airlines GROUP BY country));
SELECT count(*) FROM airlines a WHERE EXISTS (SELECT 1 FROM airlines_again b WHERE b.country = a.country AND b.airline_id > a.airline_id);
SELECT 5 AS five, 'x' AS t FROM airlines LIMIT 0;
SELECT -0.0::DOUBLE AS z, 'nan'::DOUBLE AS n, '-infinity'::DATE AS d, 'infinity'::TIMESTAMP AS t, TIME '23:59:59.999999' AS m, '2026-01-01 00:00:00+02'::TIMESTAMPTZ AS tz, 'ab'::BLOB AS b, 1::UBIGINT AS u, '11111111-2222-3333-4444-555555555555'::UUID AS id FROM airlines LIMIT 2;
