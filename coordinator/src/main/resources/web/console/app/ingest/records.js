// What is typed, as records: a JSON array, one object, or an object a line.
import { whereJsonBreaks } from './json-position.js';

/** `{records}`, `{error}` in words with line and column, or nothing for an empty text. */
export function parseRecords(text) {
  if (text.trim() === '') return {};
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return parseLines(text) ?? { error: whereItBroke(text) };
  }
  const envelope = !Array.isArray(value) && Array.isArray(value?.records) ? value.records : null;
  const records = Array.isArray(value) ? value : envelope ?? [value];
  return checked(records, (i) => `Record ${i + 1}`);
}

function parseLines(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines[0].trim().startsWith('{') || !isObject(lines[0])) return null;
  const records = [];
  for (const [i, line] of lines.entries()) {
    try {
      records.push(JSON.parse(line));
    } catch {
      return { error: `Line ${i + 1} is no JSON: ${whereItBroke(line).replace(/^Line 1, /, '')}` };
    }
  }
  return checked(records, (i) => `Line ${i + 1}`);
}

function isObject(line) {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

function checked(records, name) {
  const wrong = records.findIndex((record) => record === null || typeof record !== 'object' || Array.isArray(record));
  return wrong < 0 ? { records } : { error: `${name(wrong)} is no object: a record looks like {"field": value}` };
}

function whereItBroke(text) {
  const broken = whereJsonBreaks(text);
  if (!broken) return 'This is no JSON.';
  const before = text.slice(0, broken.at);
  const found = text[broken.at] === undefined ? '' : `, not ${JSON.stringify(text[broken.at])}`;
  return `Line ${before.split('\n').length}, column ${broken.at - before.lastIndexOf('\n')}: expected ${broken.expected}${found}`;
}
