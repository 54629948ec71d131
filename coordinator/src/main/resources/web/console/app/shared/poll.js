// Asking again and again while the page is looked at.

/** Calls `ask` now and every `interval` ms while the page is visible and `wanted` says so. Returns what ends it. */
export function poll(ask, interval, wanted = () => true) {
  let timer = 0;
  let ended = false;
  let asking = false;

  async function turn() {
    clearTimeout(timer);
    if (ended || asking) return;
    if (!document.hidden && wanted()) {
      asking = true;
      await ask();
      asking = false;
    }
    if (!ended) timer = setTimeout(turn, interval);
  }

  document.addEventListener('visibilitychange', turn);
  turn();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', turn);
  };
}
