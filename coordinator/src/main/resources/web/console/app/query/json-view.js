import { html } from 'lit';
import { styles } from '../shared/styles.js';
import { View } from '../shared/view.js';

const LINE = 20;
const AHEAD = 20;

/** Rows as JSON text; only the lines in sight are in the page. */
class JsonView extends View {
  static properties = { rows: {}, first: { state: true } };

  constructor() {
    super();
    Object.assign(this, { rows: [], first: 0 });
  }

  willUpdate(changed) {
    if (changed.has('rows')) {
      this.lines = JSON.stringify(this.rows, null, 2).split('\n');
      this.first = 0;
    }
  }

  render() {
    const shown = this.lines.slice(this.first, this.first + 120);
    return html`<div class="json"><div class="tools"><copy-button .text=${() => this.lines.join('\n')}></copy-button></div>
      <div class="lines" tabindex="0" role="region" aria-label="Result as JSON" @scroll=${this.look}>
        <div style=${styles({ height: `${this.lines.length * LINE}px` })}><pre style=${styles({ transform: `translateY(${this.first * LINE}px)` })}>${shown.join('\n')}</pre></div>
      </div></div>`;
  }

  look(event) {
    this.first = Math.max(0, Math.floor(event.target.scrollTop / LINE) - AHEAD);
  }
}

customElements.define('json-view', JsonView);
