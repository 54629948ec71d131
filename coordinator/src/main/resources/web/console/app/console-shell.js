import { html, nothing } from 'lit';
import { asOf } from './shared/as-of.js';
import { fleetState, lakeLight, refreshFleet, watchFleet } from './shared/fleet-state.js';
import { KEYS, listenToKeys } from './shared/keys.js';
import { moment } from './shared/parts.js';
import { goTo, route, VIEWS } from './shared/route.js';
import { nextTheme, theme } from './shared/theme.js';
import { View } from './shared/view.js';
import './shared/copy-button.js';
import './shared/snippets.js';
import './query/query-view.js';
import './find/find-view.js';
import './ingest/ingest-view.js';
import './lake/lake-view.js';
import './fleet/fleet-view.js';

const ELEMENTS = { query: 'query-view', find: 'find-view', ingest: 'ingest-view', lake: 'lake-view', fleet: 'fleet-view' };

/** The frame around all views: sections, live health, notices, keys. Views that were opened stay as they are. */
class ConsoleShell extends View {
  static properties = { told: { state: true } };

  constructor() {
    super();
    this.told = '';
    this.views = new Map();
    this.watch(route, fleetState, theme, asOf);
    this.addEventListener('told', (event) => this.tell(event.detail));
  }

  connectedCallback() {
    super.connectedCallback();
    watchFleet();
    listenToKeys({ go: goTo, help: () => this.querySelector('#keys').showModal(), search: () => this.search(), theme: nextTheme });
  }

  tell(text) {
    this.told = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.told = ''), 2_000);
  }

  search() {
    const view = this.views.get(route.get().view);
    view.querySelector('[data-search]')?.focus();
  }

  updated() {
    const { view, parameters } = route.get();
    document.title = `${VIEWS.find(([name]) => name === view)[1]} · Duckfleet`;
    if (!this.views.has(view)) {
      const element = document.createElement(ELEMENTS[view]);
      this.views.set(view, element);
      this.querySelector('main').append(element);
    }
    this.views.forEach((element, name) => element.toggleAttribute('hidden', name !== view));
    if (this.opened !== parameters) {
      this.opened = parameters;
      const element = this.views.get(view);
      element.updateComplete.then(() => element.openLink?.(parameters));
    }
  }

  render() {
    const state = fleetState.get();
    return html`<header class="topbar">
        <a class="brand" href="#/query"><svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" d="M4 3h7.2a5 5 0 0 1 4.9 4H19l-2.6 2.8A7 7 0 0 1 10 17H1l3-3.6z"></path><circle cx="10.8" cy="7.2" r="1.2" class="eye"></circle></svg>duckfleet</a>
        <nav class="sections" aria-label="Sections">${VIEWS.map(([name, text]) => html`<a href="#/${name}" aria-current=${name === route.get().view ? 'page' : 'false'}>${text}</a>`)}</nav>
        <div class="lights">${this.lights(state)}</div>
        <button class="quiet" @click=${nextTheme} title="Colours: ${theme.get()} (t)" aria-label="Colours: ${theme.get()}">${{ system: '◐', light: '○', dark: '●' }[theme.get()]}</button>
        <button class="quiet" @click=${() => this.querySelector('#keys').showModal()} title="Keys (?)" aria-label="Keys">?</button>
      </header>
      <div>${this.notices(state)}</div>
      <main></main>
      ${this.keys()}
      <div role="status" aria-live="polite">${this.told ? html`<div class="toast">${this.told}</div>` : nothing}</div>`;
  }

  lights(state) {
    if (!state.health) return nothing;
    const { nodes } = state.health;
    const well = nodes.filter((node) => node.health === 'healthy').length;
    const sidecar = state.sidecar;
    return html`<a href="#/fleet" class="state ${state.reachable ? (well < nodes.length ? 'warn' : '') : 'bad'}" title="${well} of ${nodes.length} nodes answer">${well < nodes.length ? `${well} of ${nodes.length}` : nodes.length}<span class="word"> nodes</span></a>
      <a href="#/lake" class="state ${lakeLight(state)}" title="lake"><span class="word">lake</span></a>
      ${sidecar ? html`<a href="#/fleet" class="state ${sidecar.health === 'healthy' ? '' : 'bad'}" title="sidecar: ${sidecar.health}"><span class="word">sidecar</span></a>` : nothing}`;
  }

  notices({ reachable, problem }) {
    const snapshot = asOf.get();
    return html`${reachable ? nothing : html`<div class="notice bad" role="alert"><strong>Out of reach</strong><span class="grow">${problem.message}</span><button @click=${refreshFleet}>Try again</button></div>`}
      ${snapshot ? html`<div class="notice asof" role="status"><strong>As of snapshot ${snapshot.id}</strong><span class="grow">Lake tables are read as they were at ${moment(snapshot.time)}.</span><button @click=${() => asOf.set(null)}>Back to now</button></div>` : nothing}`;
  }

  keys() {
    return html`<dialog id="keys" aria-label="Keys"><header><h2 class="grow">Keys</h2><button class="quiet" @click=${() => this.querySelector('#keys').close()}>Close</button></header>
      <div class="body keys">${KEYS.map(([key, says]) => html`<div><span>${says}</span><span class="nowrap">${key.split(' ').map((it) => html`<kbd>${it}</kbd> `)}</span></div>`)}</div></dialog>`;
  }
}

customElements.define('console-shell', ConsoleShell);
