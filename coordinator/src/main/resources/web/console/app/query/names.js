// Names in SQL.

const PLAIN = /^[a-z_][a-z0-9_]*$/i;
const RESERVED = new Set(`all and any array as asc between by case cast check collate column constraint create cross default desc distinct do else end
  except false fetch for foreign from full grant group having in inner intersect into is join lateral leading left like limit natural not null
  offset on only or order outer primary qualify references returning right select some summarize table then to trailing true union unique
  using values when where window with`.split(/\s+/));

/** A name as SQL takes it, in quotes where it needs them. */
export const quoteName = (name) => (PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `"${name.replaceAll('"', '""')}"`);

/** A text as SQL's literal. */
export const quoteText = (text) => `'${text.replaceAll("'", "''")}'`;
