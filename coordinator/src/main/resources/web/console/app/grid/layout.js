// How wide the columns of a result are, and in which order its rows stand.
import { isNumeric, valueText } from '../shared/format.js';

export const ROW_HEIGHT = 24;

const SAMPLE = 200;
const CHARACTER = 7.3;
const PADDING = 26;
const NARROWEST = 72;
const WIDEST = 360;

/** A width in pixels for each column, from its name, its type and a sample of its values. */
export function columnWidths(columns, types, rows) {
  const sample = rows.length <= SAMPLE ? rows : Array.from({ length: SAMPLE }, (_, i) => rows[Math.floor((i * rows.length) / SAMPLE)]);
  return columns.map((column, i) => {
    const texts = sample.map((row) => Math.min(64, valueText(row[column], types[i]).length));
    const longest = Math.max(4, ...texts, column.length + shortType(types[i]).length + 3);
    return Math.round(Math.min(WIDEST, Math.max(NARROWEST, longest * CHARACTER + PADDING)));
  });
}

/** The rows in the order of one column; nulls last. `direction` 0 leaves them as they came. */
export function sortedRows(rows, column, type, direction) {
  if (direction === 0) return rows;
  const order = isNumeric(type) ? byNumber : byText;
  return [...rows].sort((a, b) => {
    const [left, right] = [a[column], b[column]];
    if (left === null || right === null) return (left === null) - (right === null);
    return direction * order(left, right);
  });
}

const COLLATOR = new Intl.Collator('en');

function byNumber(a, b) {
  if (typeof a === 'string' && typeof b === 'string' && /^-?\d+$/.test(a) && /^-?\d+$/.test(b)) {
    return Number(BigInt(a) - BigInt(b) > 0n) - Number(BigInt(a) - BigInt(b) < 0n);
  }
  return Number(a) - Number(b);
}

const byText = (a, b) => COLLATOR.compare(typeof a === 'object' ? JSON.stringify(a) : String(a), typeof b === 'object' ? JSON.stringify(b) : String(b));

/** The largest absolute value of each numeric column, for bars; 0 where there are none. */
export const largest = (columns, types, rows) =>
  columns.map((column, i) => (isNumeric(types[i]) ? rows.reduce((max, row) => Math.max(max, Math.abs(Number(row[column])) || 0), 0) : 0));

/** A type's name where room is scarce. */
export function shortType(type) {
  if (!type) return '';
  if (type.endsWith('[]')) return 'list';
  if (type.startsWith('STRUCT')) return 'struct';
  if (type.startsWith('MAP')) return 'map';
  if (type.startsWith('ENUM')) return 'enum';
  return type.toLowerCase().replace('timestamp with time zone', 'timestamptz').replace('character varying', 'varchar');
}

/** Rows as tab-separated text with a header, for spreadsheets. */
export function asTabs(columns, rows) {
  const cell = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/[\t\n\r]/g, ' ');
  return [columns.join('\t'), ...rows.map((row) => columns.map((column) => cell(row[column])).join('\t'))].join('\n');
}
