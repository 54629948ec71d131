// The editor's tabs: their texts are kept in the browser, their results as long as the page is open.
import { store } from '../shared/store.js';

/** Who answers unless another engine is chosen. */
export const OWN_ENGINE = 'duckdb';

const FIRST = { id: 1, title: 'Query 1', sql: '' };

export const tabs = store({ open: [FIRST], current: 1, next: 2 }, 'tabs');
export const runs = store({});

export const engineOf = (tab) => tab.engine ?? OWN_ENGINE;

export const currentTab = () => tabs.get().open.find((tab) => tab.id === tabs.get().current) ?? tabs.get().open[0];

export function openTab(sql = '', title, engine = OWN_ENGINE) {
  tabs.set(({ open, next }) => ({
    open: [...open, { id: next, title: title ?? `Query ${next}`, sql, engine }], current: next, next: next + 1,
  }));
}

export const chooseTab = (id) => tabs.set((state) => ({ ...state, current: id }));

export function closeTab(id) {
  tabs.set(({ open, current, next }) => {
    const left = open.filter((tab) => tab.id !== id);
    if (left.length === 0) return { open: [{ ...FIRST, id: next, title: 'Query 1' }], current: next, next: next + 1 };
    return { open: left, current: current === id ? left.at(-1).id : current, next };
  });
  runs.set(({ [id]: gone, ...others }) => others);
}

export const editTab = (id, change) =>
  tabs.set((state) => ({ ...state, open: state.open.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) }));

/** Shows a text: in the current tab if that is empty, else in a new one. */
export function showSql(sql, title, engine = OWN_ENGINE) {
  const tab = currentTab();
  if (tab.sql.trim() === '') editTab(tab.id, { sql, engine, ...(title ? { title } : {}) });
  else if (tab.sql !== sql || engineOf(tab) !== engine) openTab(sql, title, engine);
}

export const setRun = (id, change) => runs.set((all) => ({ ...all, [id]: { ...all[id], ...change } }));
