// The page's address: which view, and what it is given.
import { store } from './store.js';

export const VIEWS = [['query', 'Query'], ['find', 'Find'], ['ingest', 'Ingest'], ['lake', 'Lake'], ['fleet', 'Fleet']];

const read = () => {
  const [path, parameters] = location.hash.replace(/^#\/?/, '').split('?');
  const view = VIEWS.some(([name]) => name === path) ? path : 'query';
  return { view, parameters: new URLSearchParams(parameters ?? '') };
};

export const route = store(read());

addEventListener('hashchange', () => route.set(read()));

export const goTo = (view) => {
  location.hash = `#/${view}`;
};
