import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { sql } from '@codemirror/lang-sql';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { DuckDb } from './dialect.js';
import { editorTheme } from './editor-theme.js';
import { FUNCTIONS } from './functions.js';

/**
 * The SQL editor. Its inside is a shadow tree: the editor's styles are adopted there, which a strict
 * Content-Security-Policy allows, unlike inline ones. Tells `edited`, `run`, `format` and `escape`.
 */
class SqlEditor extends HTMLElement {
  #language = new Compartment();
  #view;

  connectedCallback() {
    if (this.#view) return;
    const root = this.attachShadow({ mode: 'open' });
    const place = document.createElement('div');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { display: block; min-height: 0 } div.place { height: 100% }');
    root.adoptedStyleSheets = [sheet];
    place.className = 'place';
    root.append(place);
    this.#view = new EditorView({ root, parent: place, state: this.#state('') });
  }

  #state(text) {
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([
          { key: 'Mod-Enter', run: (view) => {
            closeCompletion(view);
            return this.#tell('run');
          } },
          { key: 'Mod-Shift-f', run: () => this.#tell('format') },
        ])),
        lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
        EditorState.allowMultipleSelections.of(true), indentUnit.of('  '), EditorView.lineWrapping,
        placeholder('SELECT … FROM … — Ctrl Space completes, Ctrl Enter runs'),
        this.#language.of(this.#sql({})),
        autocompletion({ icons: false, maxRenderedOptions: 60 }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
        EditorView.updateListener.of((update) => update.docChanged && this.#tell('edited', this.value)),
        editorTheme,
      ],
    });
  }

  #sql(schema) {
    return [
      sql({ dialect: DuckDb, schema, upperCaseKeywords: true }),
      DuckDb.language.data.of({ autocomplete: completeFunctions }),
    ];
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    return true;
  }

  /** Names of tables with their columns, for completion. */
  set schema(schema) {
    this.#view?.dispatch({ effects: this.#language.reconfigure(this.#sql(schema)) });
  }

  get value() {
    return this.#view.state.doc.toString();
  }

  /** Another text, without a way back to the one before: for another tab. */
  load(text) {
    if (text === this.value) return;
    this.#view.setState(this.#state(text));
  }

  /** Another text that can be undone. */
  replace(text) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Text put in at the cursor. */
  insert(text) {
    this.#view.dispatch(this.#view.state.replaceSelection(text));
    this.focus();
  }

  /** What is selected with where it begins, or all. */
  get chosen() {
    const { from, to } = this.#view.state.selection.main;
    return from === to ? { text: this.value, from: 0 } : { text: this.#view.state.sliceDoc(from, to), from };
  }

  /** Underlines the word at `position` with a message, or nothing. */
  mark(position, message) {
    const { state } = this.#view;
    const diagnostics = [];
    if (position >= 0 && position <= state.doc.length) {
      const from = Math.min(position, Math.max(0, state.doc.length - 1));
      const word = { from, to: from + Math.max(1, /^[\w."]*/.exec(state.sliceDoc(from, from + 256))[0].length) };
      diagnostics.push({ from: word.from, to: word.to, severity: 'error', message });
    }
    this.#view.dispatch(setDiagnostics(state, diagnostics));
    if (diagnostics.length > 0) this.#view.dispatch({ effects: EditorView.scrollIntoView(diagnostics[0].from) });
  }

  focus() {
    this.#view.focus();
  }
}

function completeFunctions(context) {
  const word = context.matchBefore(/\w+/);
  if (!word && !context.explicit) return null;
  if (word && context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
  return { from: word ? word.from : context.pos, options: FUNCTIONS, validFor: /^\w*$/ };
}

customElements.define('sql-editor', SqlEditor);
