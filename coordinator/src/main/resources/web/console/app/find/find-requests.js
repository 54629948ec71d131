// The requests behind Find: the lake's own routes, or SQL while the console looks at an older snapshot.
import { fleetState } from '../shared/fleet-state.js';
import { quoteName } from '../query/names.js';

/** The request of a way to find records: `{method, path, body}`, with `sql` where it is a query. */
export function requestOf(way, form, snapshot) {
  const limit = Number(form.limit);
  const table = form.table || undefined;
  if (snapshot) return asOfRequest(way, form, snapshot, limit);
  if (way === 'id') return { method: 'GET', path: withQuery(`query/id/${encodeURIComponent(form.id)}`, { table }) };
  if (way === 'recent') return { method: 'GET', path: withQuery('query/recent', { hours: form.hours, limit, table }) };
  if (way === 'range') return post('query/date-range', { start_date: form.from, end_date: form.to, date_field: form.field || undefined, table, limit });
  return post('query/search', { search_term: form.term, column: form.column || undefined, table, limit });
}

const post = (path, body) => ({ method: 'POST', path, body: JSON.parse(JSON.stringify(body)) });

const withQuery = (path, values) => {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined));
  return query.size > 0 ? `${path}?${query}` : path;
};

function asOfRequest(way, form, snapshot, limit) {
  const lake = fleetState.get().tables.filter((table) => table.kind === 'lake');
  const name = form.table || lake[0]?.name || 'all_records';
  const source = `lake.${quoteName(name)} AS records AT (VERSION => ${Number(snapshot.id)})`;
  const field = quoteName(way === 'range' ? form.field || 'ingested_at' : 'ingested_at');
  const [where, parameters] = {
    id: ['record_id = ?', [form.id]],
    recent: [`${field} >= TIMESTAMPTZ '${new Date(snapshot.time).toISOString()}' - to_hours(CAST(? AS INTEGER))`, [Number(form.hours)]],
    range: [`${field} >= CAST(? AS DATE) AND ${field} < CAST(? AS DATE) + 1`, [form.from, form.to]],
    search: [form.column ? `contains(lower(CAST(${form.column.split('.').map(quoteName).join('.')} AS VARCHAR)), lower(?))` : 'contains(lower(CAST(records AS VARCHAR)), lower(?))', [form.term]],
  }[way];
  const sql = `SELECT * FROM ${source} WHERE ${where} ORDER BY ${field} DESC LIMIT ${way === 'id' ? 1 : limit}`;
  return { ...post('query', { query: sql, parameters }), sql };
}

/** Types of the columns: those of the table, else what the values look like. */
export function typesOf(columns, rows, tableName) {
  const table = fleetState.get().tables.find((it) => it.kind === 'lake' && it.name === tableName);
  return columns.map((column) => table?.columns.find((it) => it.name === column)?.type ?? guess(rows, column));
}

function guess(rows, column) {
  const value = rows.find((row) => row[column] !== null)?.[column];
  return typeof value === 'number' ? 'DOUBLE' : typeof value === 'boolean' ? 'BOOLEAN' : typeof value === 'object' && value !== null ? 'JSON' : 'VARCHAR';
}
