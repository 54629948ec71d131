// Runs and explains statements for tabs.
import { postJson, Problem, saveAs, send } from '../shared/api.js';
import { asOf } from '../shared/as-of.js';
import { lakeTables } from '../shared/fleet-state.js';
import { asOfStatement } from './as-of-sql.js';
import { remember } from './own-history.js';
import { OWN_ENGINE, runs, setRun } from './tabs.js';

/** How many rows a query shows unless told otherwise. */
export const ROW_LIMITS = [1_000, 10_000, 100_000];

/** The text as it is sent: as of the snapshot that the console looks at, which another engine doesn't know. */
export function sentText(sql, engine = OWN_ENGINE) {
  const snapshot = asOf.get();
  return snapshot && engine === OWN_ENGINE ? asOfStatement(sql, snapshot.id, lakeTables().map((table) => table.name)) : sql;
}

/** What names an engine in a request: nothing for the coordinator's own. */
export const choice = (engine) => (engine === OWN_ENGINE ? {} : { engine });

/** Runs `sql` for a tab; `from` is where it begins in the tab's text. */
export async function run(tab, { sql, from, engine }, limit) {
  const controller = begin(tab, 'run');
  const sent = sentText(sql, engine);
  const started = performance.now();
  try {
    const answer = await postJson('query?numbers=safe', { query: sent, limit, ...choice(engine) }, { signal: controller.signal });
    setRun(tab, { state: 'done', answer, sent, engine, limit, plan: null, planProblem: null, wallMs: performance.now() - started });
    remember({ sql, ...choice(engine), at: new Date().toISOString(), ms: answer.execution_time_ms, rows: answer.row_count });
  } catch (failure) {
    fail(tab, failure, from, sent === sql);
    if (failure instanceof Problem) remember({ sql, ...choice(engine), at: new Date().toISOString(), error: failure.message });
  }
}

/** Asks for the plan of `sql`; with `analyze` it is run. */
export async function explain(tab, { sql, from, engine }, analyze = false) {
  const controller = begin(tab, 'explain');
  const sent = sentText(sql, engine);
  try {
    const plan = await postJson('explain', { query: sent, analyze, ...choice(engine) }, { signal: controller.signal });
    setRun(tab, { state: 'done', plan, answer: null, sent, engine, page: 'plan' });
  } catch (failure) {
    fail(tab, failure, from, sent === sql);
  }
}

/** Fetches the plan that belongs to a tab's answer. */
export async function fetchPlan(tab) {
  const { sent, engine } = runs.get()[tab];
  try {
    setRun(tab, { plan: await postJson('explain', { query: sent, ...choice(engine) }), planProblem: null });
  } catch (problem) {
    setRun(tab, { planProblem: problem });
  }
}

function begin(tab, what) {
  cancel(tab);
  const controller = new AbortController();
  setRun(tab, { state: 'running', what, since: Date.now(), controller, problem: null });
  return controller;
}

function fail(tab, failure, from, unchanged) {
  if (failure.name === 'AbortError') {
    if (runs.get()[tab]?.state !== 'running') setRun(tab, { answer: null, plan: null });
    return;
  }
  const position = unchanged && failure.position >= 0 ? failure.position + from : -1;
  setRun(tab, { state: 'failed', problem: failure, position, answer: null, plan: null });
}

/** Breaks the request off, which stops the query on the coordinator and on the nodes. */
export function cancel(tab) {
  const running = runs.get()[tab];
  if (running?.state !== 'running') return;
  setRun(tab, { state: 'cancelled', answer: null, plan: null, problem: null });
  running.controller.abort();
}

export const FORMATS = [['csv', 'CSV'], ['parquet', 'Parquet'], ['arrow', 'Arrow'], ['json', 'JSON']];

/** Saves the whole answer to what was sent in a format; it is run anew, without a limit. */
export async function download({ sent, engine }, format, name) {
  const response = await send('POST', `query?format=${format}`, {
    body: JSON.stringify({ query: sent, ...choice(engine) }), headers: { 'Content-Type': 'application/json' },
  });
  saveAs(await response.blob(), `${name.replace(/[^\w-]+/g, '-').toLowerCase() || 'result'}.${format}`);
}
