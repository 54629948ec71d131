// The editor's tabs: their texts are kept in the browser, their results as long as the page is open.
import { store } from '../shared/store.js';

const FIRST = { id: 1, title: 'Query 1', sql: '' };

export const tabs = store({ open: [FIRST], current: 1, next: 2 }, 'tabs');
export const runs = store({});

export const currentTab = () => tabs.get().open.find((tab) => tab.id === tabs.get().current) ?? tabs.get().open[0];

export function openTab(sql = '', title) {
  tabs.set(({ open, next }) => ({
    open: [...open, { id: next, title: title ?? `Query ${next}`, sql }], current: next, next: next + 1,
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
export function showSql(sql, title) {
  const tab = currentTab();
  if (tab.sql.trim() === '') editTab(tab.id, { sql, ...(title ? { title } : {}) });
  else if (tab.sql !== sql) openTab(sql, title);
}

export const setRun = (id, change) => runs.set((all) => ({ ...all, [id]: { ...all[id], ...change } }));
