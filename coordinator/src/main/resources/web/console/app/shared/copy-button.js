import { html } from 'lit';
import { View } from './view.js';

/** Copies its `text`, and says so. */
class CopyButton extends View {
  static properties = { text: {}, label: {}, done: { state: true } };

  constructor() {
    super();
    this.text = '';
    this.label = 'Copy';
    this.done = false;
  }

  async copy() {
    await copyText(typeof this.text === 'function' ? this.text() : this.text);
    this.done = true;
    setTimeout(() => (this.done = false), 1_500);
  }

  render() {
    return html`<button class="quiet" @click=${this.copy}><span aria-live="polite">${this.done ? 'Copied' : this.label}</span></button>`;
  }
}

/** Puts a text on the clipboard, also where the page isn't served over https. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

customElements.define('copy-button', CopyButton);
