// State that several views share, and what is kept in the browser.

/** A value with listeners; `key` keeps it in the browser across visits. */
export function store(initial, key) {
  let value = key ? kept(key, initial) : initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = typeof next === 'function' ? next(value) : next;
      if (key) keep(key, value);
      listeners.forEach((listener) => listener(value));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const PREFIX = 'duckfleet.';

function kept(key, fallback) {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory of tabs, nothing else.
  }
}
