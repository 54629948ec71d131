// Numbers, bytes, times and values as people read them.

const GROUPED = new Intl.NumberFormat('en-US');
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const LOCAL = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

export const count = (n) => (n === null || n === undefined ? '–' : GROUPED.format(n));

/** 67.7k rather than 67,663: for places where a number stands beside a name. */
export const shortCount = (n) => (n === null || n === undefined ? '–' : SHORT.format(n).toLowerCase().replace('b', 'bn'));

/** "1 row", "2 rows". */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

export function bytes(n) {
  if (n === null || n === undefined) return '–';
  if (n < 1000) return `${n} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = n;
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function duration(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** A moment in the reader's zone. */
export function localTime(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? String(iso) : LOCAL.format(time).replace(',', '');
}

/** The same in UTC, for hovering. */
export function utcTime(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? '' : `${time.toISOString().replace('T', ' ').replace('.000Z', 'Z')} (UTC)`;
}

/** "3 min ago". */
export function ago(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - new Date(iso).getTime()) / 1000));
  if (Number.isNaN(seconds)) return '';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

const NUMERIC = /^(U?TINYINT|U?SMALLINT|U?INTEGER|U?BIGINT|U?HUGEINT|FLOAT|DOUBLE|DECIMAL.*|BIGNUM)$/;
const TEMPORAL = /^(DATE|TIMESTAMP.*)$/;

export const isNumeric = (type) => NUMERIC.test(type || '');
export const isTemporal = (type) => TEMPORAL.test(type || '');

/** A value of a result as one line of text; nested ones as JSON. Null has no text: it is shown as NULL. */
export function valueText(value, type) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  if (isNumeric(type)) return numberText(String(value));
  if (type === 'TIMESTAMP WITH TIME ZONE') return localTime(value);
  if (type?.startsWith('TIMESTAMP')) return String(value).replace('T', ' ');
  return String(value);
}

function numberText(text) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(text) ?? [];
  return whole === undefined ? text : sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + rest;
}
