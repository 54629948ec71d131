// The lake's files and commits, summed up.
import { plural } from '../shared/format.js';

/** A line for each table, by name: its rows, files, bytes, partitions and latest file. */
export function tableSummaries(files) {
  const tables = new Map();
  for (const file of files) {
    const table = tables.get(file.table) ?? { name: file.table, rows: 0, files: 0, bytes: 0, days: new Set(), latest: '' };
    table.rows += file.row_count;
    table.files += 1;
    table.bytes += file.file_size_bytes;
    table.days.add(file.partition);
    if (file.modified && file.modified > table.latest) table.latest = file.modified;
    tables.set(file.table, table);
  }
  return [...tables.values()].map((table) => ({ ...table, partitions: table.days.size })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Rows, files and bytes of each partition, newest first. */
export function partitionSummaries(files) {
  const partitions = new Map();
  for (const file of files) {
    const key = file.partition ?? '';
    const partition = partitions.get(key) ?? { name: key, date: file.partition_date ?? '', rows: 0, bytes: 0, files: [] };
    partition.rows += file.row_count;
    partition.bytes += file.file_size_bytes;
    partition.files.push(file);
    partitions.set(key, partition);
  }
  return [...partitions.values()].sort((a, b) => b.date.localeCompare(a.date));
}

/** Records for each week (or day, where there are few), oldest first, from the files' partitions. */
export function perWeek(files) {
  const dated = files.filter((file) => file.partition_date);
  const days = new Set(dated.map((file) => file.partition_date));
  const weekly = days.size > 28;
  const counts = new Map();
  for (const file of dated) {
    const at = weekly ? monday(file.partition_date) : file.partition_date;
    counts.set(at, (counts.get(at) ?? 0) + file.row_count);
  }
  const width = (weekly ? 7 : 1) * 86_400_000;
  const points = [...counts].sort().map(([day, rows]) => ({ x: Date.parse(day), y: rows, label: weekly ? `week of ${day}` : day }));
  return { weekly, width, points };
}

function monday(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

const WORDS = {
  inserted_into_table: 'rows into', created_table: 'made', created_schema: 'made schema', deleted_from_table: 'rows out of', dropped_table: 'dropped', altered_table: 'changed',
  compacted_table: 'merged', merge_adjacent: 'merged', rewrite_delete: 'rewrote', flushed_inlined: 'flushed', inlined_insert: 'rows into', inlined_delete: 'rows out of',
};

/** One change of a commit in words. */
export function changeText(change) {
  const rows = change.rows ? ` (${plural(change.rows, 'row')})` : '';
  return `${WORDS[change.change] ?? change.change.replaceAll('_', ' ')} ${change.table ?? ''}${rows}`.trim();
}
