import { SQLDialect } from '@codemirror/lang-sql';

const KEYWORDS = `all analyze and anti any array as asc asof at between by case cast collate cross cube current current_date
current_time current_timestamp desc describe distinct else end escape except exclude exists explain extract false fetch filter first
following for from full glob group grouping having ignore ilike in inner intersect interval into is isnull join lambda last lateral left like
limit materialized natural not notnull null nulls offset on only or order ordinality outer over overlaps partition percent pivot positional
preceding qualify range recursive rename repeatable replace respect right rollup row rows sample select semi sets show similar some
summarize table tablesample then ties timestamp to true unbounded union unpivot using values version when where window with within without`;

const TYPES = `bigint bit blob boolean bool char date datetime decimal double enum float hugeint int integer interval json list map
numeric real smallint struct text time timestamp timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar`;

/** DuckDB's SQL as far as an editor has to know it. */
export const DuckDb = SQLDialect.define({
  keywords: KEYWORDS.replace(/\s+/g, ' '),
  types: TYPES.replace(/\s+/g, ' '),
  operatorChars: '*+-%<>!=&|~^/:@',
  identifierQuotes: '"',
  doubleDollarQuotedStrings: true,
  caseInsensitiveIdentifiers: true,
  doubleQuotedStrings: false,
});
