import { LitElement } from 'lit';

/** An element that renders into the page itself, so that the page's styles hold, and that can watch stores. */
export class View extends LitElement {
  #watched = [];

  createRenderRoot() {
    return this;
  }

  /** Renders anew whenever one of the stores changes, as long as the element is in the page. */
  watch(...stores) {
    this.#watched.push(...stores);
  }

  connectedCallback() {
    super.connectedCallback();
    this.unwatch = this.#watched.map((store) => store.subscribe(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.unwatch.forEach((stop) => stop());
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
