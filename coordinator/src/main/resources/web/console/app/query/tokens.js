// SQL as a list of tokens, by the editor's own grammar: for the formatter and for time travel.
import { DuckDb } from './dialect.js';

/** The tokens of a statement: `{kind, text, from, to}`; whitespace is left out. */
export function tokensOf(text) {
  const tokens = [];
  DuckDb.language.parser.parse(text).iterate({
    enter(node) {
      if (node.node.firstChild) {
        const kept = node.name === 'CompositeIdentifier';
        if (kept) tokens.push(token(node, text));
        return !kept;
      }
      if (node.to > node.from) tokens.push(token(node, text));
      return true;
    },
  });
  return tokens;
}

const token = (node, text) => ({ kind: node.name, text: text.slice(node.from, node.to), from: node.from, to: node.to });
