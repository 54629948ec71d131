// Lays a statement out: clauses on lines of their own, keywords in capitals, nothing else changed.
import { tokensOf } from './tokens.js';

const CLAUSES = new Set(['select', 'from', 'where', 'group', 'having', 'order', 'limit', 'offset', 'qualify', 'window', 'union', 'except', 'intersect', 'values', 'with', 'using']);
const JOINS = new Set(['left', 'right', 'full', 'inner', 'cross', 'natural', 'asof', 'positional', 'semi', 'anti', 'join', 'outer']);
const LISTS = new Set(['select', 'group', 'order', 'with']);
const TIGHT = new Set(['::', ':', '.', '[']);
const LINE_WIDTH = 80;

/** The statement, laid out. Its tokens are the same as before. */
export function format(text) {
  const tokens = tokensOf(text);
  const writer = new Writer();
  tokens.forEach((token, i) => writer.add(token, tokens[i - 1], tokens[i + 1]));
  return writer.text();
}

class Writer {
  #lines = [''];
  #depth = 0;
  #stack = [];
  #clause = '';
  #between = false;

  add(token, before, after) {
    const word = token.kind === 'Keyword' ? token.text.toLowerCase() : '';
    if (this.#breaksBefore(word, before)) this.#newLine(word === 'and' || word === 'or' ? 1 : 0);
    if (word === 'between' || word === 'and') this.#between = word === 'between';
    const glued = !before || this.#lines.at(-1).trim() === '' || isGlued(token, before);
    this.#lines[this.#lines.length - 1] += (glued ? '' : ' ') + shape(token);
    this.#after(token, word, after);
  }

  #breaksBefore(word, before) {
    if (!before) return false;
    const previous = before.text.toLowerCase();
    if (before.kind === 'LineComment') return true;
    if (this.#stack.length > 0 && !this.#stack.at(-1).block) return false;
    if (CLAUSES.has(word)) return !(word === 'using' || previous === 'within' || previous === '(' || (word === 'from' && previous === 'distinct'));
    if (JOINS.has(word)) return !JOINS.has(previous);
    if (word === 'and' && this.#between) return false;
    return (word === 'and' || word === 'or') && this.#clause === 'where';
  }

  #after(token, word, after) {
    if (CLAUSES.has(word)) this.#clause = word;
    if (token.text === '(') {
      const block = ['select', 'with', 'from'].includes(after?.text.toLowerCase());
      this.#stack.push({ block, clause: this.#clause });
      if (block) {
        this.#depth += 1;
        this.#newLine();
      }
    } else if (token.text === ')') {
      this.#close();
    } else if (token.text === ',' && LISTS.has(this.#clause) && (this.#stack.at(-1)?.block ?? true) && this.#lines.at(-1).length > LINE_WIDTH - 24) {
      this.#newLine(1);
    }
  }

  #close() {
    const entry = this.#stack.pop();
    if (!entry) return;
    this.#clause = entry.clause;
    if (!entry.block) return;
    this.#depth -= 1;
    const line = this.#lines.at(-1);
    this.#lines[this.#lines.length - 1] = line.slice(0, -1).trimEnd();
    this.#newLine();
    this.#lines[this.#lines.length - 1] += ')';
  }

  #newLine(extra = 0) {
    this.#lines.push('  '.repeat(this.#depth + extra));
  }

  text() {
    return this.#lines.map((line) => line.trimEnd()).filter((line) => line !== '').join('\n');
  }
}

const shape = (token) => (token.kind === 'Keyword' || token.kind === 'Type' ? token.text.toUpperCase() : token.text);

function isGlued(token, before) {
  if (token.from === before.to && (TIGHT.has(token.text) || TIGHT.has(before.text) || /^[-+]$/.test(before.text))) return true;
  if (token.from === before.to && before.text !== ',' && (token.kind !== 'Operator' || before.kind === 'Operator') && before.kind !== 'Keyword' && before.kind !== 'Operator') return true;
  if (token.from === before.to && before.kind === 'Operator' && token.kind === 'Operator') return true;
  if (token.text === '(' && token.from === before.to) return true;
  return [',', ')', ';', ']'].includes(token.text) || ['(', '['].includes(before.text);
}
