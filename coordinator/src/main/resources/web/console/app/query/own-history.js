import { store } from '../shared/store.js';

const LONGEST = 200;

/** What was run here, newest first, and the queries that were saved; both are kept in the browser. */
export const ownHistory = store([], 'history');
export const savedQueries = store([], 'saved');

export const remember = (entry) => ownHistory.set((all) => [entry, ...all.filter((old) => old.sql !== entry.sql || old.engine !== entry.engine)].slice(0, LONGEST));

export const saveQuery = (name, sql, choice = {}) => savedQueries.set((all) => [{ name, sql, ...choice }, ...all.filter((old) => old.name !== name)]);

export const dropQuery = (name) => savedQueries.set((all) => all.filter((old) => old.name !== name));
