import { store } from './store.js';

/** The snapshot that the console looks at, `{id, time}`, or null for the newest. */
export const asOf = store(null);
