// What the picture of a plan shows, out of the plan and of what each node gave.

/** Sources (fragments on nodes, scans of the lake) with what they gave, where that is known. */
export function planSources({ plan, answer }) {
  const given = [...(answer?.nodes ?? [])];
  const fragments = (plan?.fragments ?? []).map((fragment) => {
    const i = given.findIndex((node) => node.table === fragment.table && node.url === fragment.url);
    const node = i < 0 ? {} : given.splice(i, 1)[0];
    return { ...fragment, kind: 'node', rows: fragment.rows ?? node.rows, bytes: fragment.bytes ?? node.bytes, ms: fragment.ms ?? node.ms, marks: marksOf({ ...node, ...fragment }) };
  });
  const lake = (plan?.lake_tables ?? []).map((table) => ({ kind: 'lake', table, url: 'lake', sql: '', marks: ['read in place'] }));
  return [...fragments, ...lake];
}

function marksOf(it) {
  const reduced = it.semi_joins ?? it.key_sets ?? (it.semi_join ? [it.semi_join] : []);
  return [
    ...(it.cached ? ['from cache'] : []),
    ...(Array.isArray(reduced) ? reduced.map((by) => `semi-join${nameOf(by)}`) : []),
    ...(it.whole_query ? ['whole query'] : []),
  ];
}

const nameOf = (by) => (typeof by === 'string' ? ` by ${by}` : by?.table || by?.name ? ` by ${by.table ?? by.name}` : '');

/** How thick each source's stream is drawn: by its bytes, between hairline and band. */
export function widths(sources) {
  const most = Math.max(...sources.map((source) => source.bytes ?? 0), 1);
  return sources.map((source) => (source.bytes === undefined ? 1.5 : 1.5 + 26 * (source.bytes / most)));
}

/** Columns of the result that can come from a table: those that the table's fragment asks for. */
export const columnsFrom = (source, tables, columns) => {
  const table = tables.find((it) => it.name.toLowerCase() === source.table.toLowerCase());
  const own = new Set((table?.columns ?? []).map((column) => column.name.toLowerCase()));
  return new Set(columns.filter((column) => own.has(column.toLowerCase())));
};
