import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language';
import { linter, lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { graphql } from 'cm6-graphql';
import { colours, look } from './look.ts';

/** A text that is edited, or looked at, on the page. */
export interface Editor {
  text(): string;
  replace(text: string): void;
  readonly view: EditorView;
}

const shared: Extension = [look, syntaxHighlighting(colours), bracketMatching(), EditorView.lineWrapping];

function makeEditor(parent: HTMLElement, label: string, text: string, extensions: Extension): Editor {
  // In a shadow root the editor adopts its style sheets instead of writing them into the page, which the page's
  // Content-Security-Policy does not allow.
  const host = document.createElement('div');
  host.className = 'editor';
  parent.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [shared, EditorView.contentAttributes.of({ 'aria-label': label }), extensions],
    }),
  });
  return {
    view,
    text: () => view.state.doc.toString(),
    replace: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
  };
}

function writable(onChange: () => void, commands: readonly { key: string; run: () => boolean }[]): Extension {
  return [
    history(),
    drawSelection(),
    closeBrackets(),
    autocompletion(),
    // Before the keys that come with the editor: Ctrl-Enter is a new line there.
    Prec.highest(keymap.of(commands)),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange();
    }),
  ];
}

interface EditorOptions {
  parent: HTMLElement;
  text: string;
  onChange: () => void;
  commands: readonly { key: string; run: () => boolean }[];
}

/** Knows the schema once `updateSchema` of cm6-graphql has been given it: completes, and marks what is wrong. */
export function queryEditor(options: EditorOptions & { onShowInDocs: (type: string) => void }): Editor {
  const { parent, text, onChange, commands, onShowInDocs } = options;
  return makeEditor(parent, 'Query', text, [
    writable(onChange, commands),
    lineNumbers(),
    graphql(undefined, {
      onShowInDocs: (_field, type, parentType) => onShowInDocs(parentType ?? type ?? ''),
    }),
  ]);
}

export function jsonEditor(options: EditorOptions & { label: string }): Editor {
  const { parent, label, text, onChange, commands } = options;
  const check = jsonParseLinter();
  return makeEditor(parent, label, text, [
    writable(onChange, commands),
    json(),
    linter((view) => (view.state.doc.toString().trim() === '' ? [] : check(view))),
  ]);
}

export function resultView(parent: HTMLElement): Editor {
  return makeEditor(parent, 'Result', '', [
    EditorState.readOnly.of(true),
    // Selected and copied from like any text; no keyboard comes up on a phone.
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', role: 'document' }),
    keymap.of(foldKeymap),
    json(),
    foldGutter(),
  ]);
}
