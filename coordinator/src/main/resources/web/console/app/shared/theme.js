import { store } from './store.js';

/** 'system', 'light' or 'dark'. */
export const theme = store('system', 'theme');

const apply = (choice) => {
  document.documentElement.dataset.theme = choice;
};

apply(theme.get());
theme.subscribe(apply);

const NEXT = { system: 'light', light: 'dark', dark: 'system' };

export const nextTheme = () => theme.set((choice) => NEXT[choice] ?? 'system');
