import { getJson } from './api.js';
import { poll } from './poll.js';
import { store } from './store.js';

/** What is known of the fleet, whatever view is open: tables, health, and whether the coordinator answers. */
export const fleetState = store({ tables: [], health: null, sidecar: null, trino: null, reachable: true, problem: null, loaded: false });

const EVERY = 5_000;

/** Asks the coordinator now. */
export async function refreshFleet() {
  try {
    const [tables, health, fleet] = await Promise.all([getJson('tables'), getJson('health'), getJson('fleet')]);
    const called = (name) => fleet.services.find((service) => service.service === name) ?? null;
    fleetState.set({ tables: tables.tables, health, sidecar: called('sidecar'), trino: called('trino'), reachable: true, problem: null, loaded: true });
  } catch (problem) {
    fleetState.set((last) => ({ ...last, reachable: problem.code !== 'unreachable', problem, loaded: true }));
  }
}

export const watchFleet = () => poll(refreshFleet, EVERY);

export const lakeTables = () => fleetState.get().tables.filter((table) => table.kind === 'lake');

/** The lake's state in one word. */
export function lakeLight({ health }) {
  if (!health) return 'off';
  return health.problems.some((problem) => problem.startsWith('lake:')) ? 'bad' : '';
}
