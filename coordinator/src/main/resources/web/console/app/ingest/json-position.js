// Where a text stops being JSON: browsers word this differently, and some leave the place out.

const VALUE = /(?:"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const NAME = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;

/** The 0-based offset and what was expected there; null for a text that is JSON. */
export function whereJsonBreaks(text) {
  let at = 0;
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return Boolean(found);
  };
  const next = () => {
    take(SPACE);
    return text[at];
  };
  const broken = (expected) => ({ at, expected });

  /** Open arrays and objects; a stack of our own, as texts may nest deeper than calls. */
  const open = [];
  for (;;) {
    const begin = next();
    if (begin === '[' || begin === '{') {
      at += 1;
      const end = begin === '[' ? ']' : '}';
      if (next() !== end) {
        open.push(end);
        const problem = end === '}' ? nameProblem() : null;
        if (problem) return problem;
        continue;
      }
      at += 1;
    } else if (!take(VALUE)) {
      return broken(begin === undefined ? 'a value, and the text ends' : 'a value');
    }
    while (open.length > 0 && next() === open.at(-1)) {
      at += 1;
      open.pop();
    }
    if (open.length === 0) return next() === undefined ? null : broken('the end');
    if (next() !== ',') return broken(`"," or "${open.at(-1)}"`);
    at += 1;
    const problem = open.at(-1) === '}' ? nameProblem() : null;
    if (problem) return problem;
  }

  function nameProblem() {
    next();
    if (!take(NAME)) return broken('a name in double quotes');
    if (next() !== ':') return broken('":"');
    at += 1;
    return null;
  }
}
