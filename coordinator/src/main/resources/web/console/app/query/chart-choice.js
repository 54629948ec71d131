// Which chart a result asks for, and what it draws.
import { histogram } from '../charts/scales.js';
import { isNumeric, isTemporal } from '../shared/format.js';

export const KINDS = [['line', 'Line'], ['bar', 'Bar'], ['scatter', 'Scatter'], ['histogram', 'Histogram']];

const FEW = 40;
const BARS = 200;

/** Kind and columns that suit the result, or null if there is nothing to draw. */
export function sensibleChart({ columns, column_types: types, results }) {
  const numeric = columns.filter((column, i) => isNumeric(types[i]));
  const temporal = columns.filter((column, i) => isTemporal(types[i]));
  const names = columns.filter((column, i) => types[i] === 'VARCHAR' || types[i].startsWith('ENUM') || types[i] === 'BOOLEAN');
  if (results.length === 0 || (numeric.length === 0 && names.length === 0)) return null;
  const measure = numeric.at(-1);
  if (temporal.length > 0 && measure) return { kind: 'line', x: temporal[0], y: measure };
  if (names.length > 0 && measure && results.length <= BARS) return { kind: 'bar', x: names[0], y: measure };
  if (numeric.length > 1) return { kind: ordered(results, numeric[0]) && results.length <= 5 * FEW ? 'line' : 'scatter', x: numeric[0], y: numeric[1] };
  if (numeric.length === 1) return { kind: 'histogram', x: numeric[0], y: numeric[0] };
  return null;
}

const ordered = (rows, column) => rows.every((row, i) => i === 0 || Number(row[column]) > Number(rows[i - 1][column]));

/** Columns that may stand at an axis. */
export const choicesFor = (kind, axis, { columns, column_types: types }) =>
  columns.filter((column, i) => (axis === 'y' || kind === 'histogram' || kind === 'scatter' ? isNumeric(types[i]) : kind === 'bar' || isNumeric(types[i]) || isTemporal(types[i])));

/** The points of a line or scatter chart, in order of x for lines; rows without a value are left out. */
export function pointsOf(rows, { kind, x, y }, temporal) {
  const moment = (value) => Date.parse(/[zZ]|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(value) ? value : `${value}Z`);
  const points = rows
    .filter((row) => row[x] !== null && row[y] !== null)
    .map((row) => ({ x: temporal ? moment(row[x]) : Number(row[x]), y: Number(row[y]), label: String(row[x]) }))
    .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  return kind === 'line' ? points.sort((a, b) => a.x - b.x) : points;
}

export const barsOf = (rows, { x, y }) => rows.slice(0, BARS).map((row) => ({ name: row[x] === null ? 'NULL' : String(row[x]), value: Number(row[y]) || 0 }));

/** The columns of a histogram, and how wide each is. */
export function binsOf(rows, { x }) {
  const bins = histogram(rows.map((row) => row[x]).filter((value) => value !== null).map(Number).filter(Number.isFinite));
  return { points: bins.map((bin) => ({ x: bin.from, y: bin.count, label: `${bin.from} – ${bin.to}` })), width: bins.length > 0 ? bins[0].to - bins[0].from : 1 };
}
