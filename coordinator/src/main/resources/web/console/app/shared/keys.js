// Keys that work everywhere, as long as nobody types.

const GO = { q: 'query', f: 'find', i: 'ingest', l: 'lake', s: 'fleet' };

export const KEYS = [
  ['?', 'this list'],
  ['/', 'find a table, or the view’s first field'],
  ['g q', 'go to Query'],
  ['g f', 'go to Find'],
  ['g i', 'go to Ingest'],
  ['g l', 'go to Lake'],
  ['g s', 'go to Fleet (services)'],
  ['t', 'colours: system, light, dark'],
  ['Ctrl Enter', 'run the query, or what is selected of it'],
  ['Ctrl Space', 'complete'],
  ['Ctrl Shift F', 'format the query'],
  ['Esc', 'cancel the query, close what is open'],
  ['Esc Tab', 'leave the editor'],
  ['↑ ↓ ← →', 'move in a table'],
  ['Enter', 'open the record'],
  ['Ctrl C', 'copy the cell'],
];

const types = (target) => target.closest?.('input, textarea, select, [contenteditable], sql-editor, dialog[open]');

/** Listens to the page's keys. */
export function listenToKeys({ go, help, search, theme }) {
  let pressed = '';
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || types(event.composedPath()[0]) || types(event.target)) return;
    const going = pressed === 'g';
    pressed = going ? '' : event.key;
    const action = going && GO[event.key] ? () => go(GO[event.key]) : { '?': help, '/': search, t: theme }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
