// Time travel for a whole statement: each lake table that it reads is read as of one snapshot.
import { tokensOf } from './tokens.js';

const ENDS_FROM = new Set(['where', 'group', 'having', 'order', 'limit', 'qualify', 'window', 'union', 'except', 'intersect', 'select', 'on', 'using']);

/** The statement with `AT (VERSION => snapshot)` behind each lake table; `lakeNames` are names without schema. */
export function asOfStatement(text, snapshot, lakeNames) {
  const lake = new Set(lakeNames.map((name) => name.toLowerCase()));
  const tokens = tokensOf(text);
  const hidden = commonTables(tokens);
  const insertions = [];
  let reading = false;
  const nested = [];
  tokens.forEach((token, i) => {
    const word = token.text.toLowerCase();
    if (token.text === '(') {
      nested.push(reading);
      return;
    }
    if (token.text === ')') {
      reading = nested.pop() ?? false;
      return;
    }
    if (token.kind === 'Keyword' && (word === 'from' || word === 'join')) reading = true;
    else if (token.kind === 'Keyword' && ENDS_FROM.has(word)) reading = false;
    if (!reading || !/Identifier/.test(token.kind) || !begins(tokens[i - 1])) return;
    if (!travels(tokens, i) && isLakeTable(token.text, lake, hidden)) insertions.push(endOfAlias(tokens, i));
  });
  return insertions.reverse().reduce((sql, at) => `${sql.slice(0, at)} AT (VERSION => ${Number(snapshot)})${sql.slice(at)}`, text);
}

const begins = (before) => before && ['from', 'join', ',', '('].includes(before.text.toLowerCase());

/** DuckDB wants the alias, also one with names of columns, before AT. */
function endOfAlias(tokens, table) {
  let at = table + 1;
  if (tokens[at]?.text.toLowerCase() === 'as') at += 1;
  if (/^(Quoted)?Identifier$/.test(tokens[at]?.kind ?? '')) {
    at += 1;
    if (tokens[at]?.text === '(') at = tokens.findIndex((token, i) => i > at && token.text === ')') + 1 || at;
  } else if (at > table + 1) {
    at -= 1;
  }
  return tokens[at - 1].to;
}

function travels(tokens, table) {
  const end = endOfAlias(tokens, table);
  const next = tokens.findIndex((token) => token.from >= end);
  return next > 0 && tokens[next].text.toLowerCase() === 'at' && tokens[next + 1]?.text === '(';
}

function isLakeTable(text, lake, hidden) {
  const parts = text.split('.').map((part) => part.replace(/^"|"$/g, '').toLowerCase());
  const name = parts.at(-1);
  return lake.has(name) && (parts.length > 1 ? parts.at(-2) === 'lake' || parts.at(-2) === 'data' : !hidden.has(name));
}

function commonTables(tokens) {
  const names = new Set();
  tokens.forEach((token, i) => {
    if (/Identifier/.test(token.kind) && tokens[i + 1]?.text.toLowerCase() === 'as' && tokens[i + 2]?.text === '(') names.add(token.text.toLowerCase());
  });
  return names;
}
