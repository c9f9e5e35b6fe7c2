// The YAML editor: CodeMirror 6 behind five functions. Loaded when its tab opens.
// It stands in a shadow root, where CodeMirror's styles are adopted style sheets, so that the page's policy needs no 'unsafe-inline'.
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const fromSession = Annotation.define()
const setMine = StateEffect.define()
const mineLine = Decoration.line({ class: 'cm-mine' })
const mineLines = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    lines = lines.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setMine)) continue
      const { doc } = transaction.state
      const known = effect.value.filter((line) => line >= 1 && line <= doc.lines)
      lines = Decoration.set(known.map((line) => mineLine.range(doc.line(line).from)), true)
    }
    return lines
  },
  provide: (field) => EditorView.decorations.from(field),
})

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--y-key)' },
  { tag: [tags.string, tags.content, tags.special(tags.string)], color: 'var(--y-str)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--y-num)' },
  { tag: tags.comment, color: 'var(--y-com)' },
])

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--panel)', fontSize: '12.5px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', fontVariantLigatures: 'none' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0 60px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink-3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-mine': { backgroundColor: 'var(--you-soft)', boxShadow: 'inset 3px 0 var(--src-you)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--line-strong)' },
  '.cm-textfield, .cm-button': { backgroundColor: 'var(--panel)', backgroundImage: 'none', color: 'var(--ink)', border: '1px solid var(--line-strong)' },
})

/**
 * Shows `text` in `element`. `onChange(text)` hears each change by the user, `onUndo(redo)` each undo and redo asked for: the
 * session's, not CodeMirror's own, so that they reach across form and YAML.
 */
export function mount(element, text, label, onChange, onUndo) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  const ask = (redo) => () => (onUndo(redo), true)
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), foldGutter(), drawSelection(), bracketMatching(), highlightActiveLine(), highlightSelectionMatches(),
        indentUnit.of('  '), yaml(), syntaxHighlighting(colours), search({ top: true }), lintGutter(), mineLines, theme,
        EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        keymap.of([
          { key: 'Mod-z', run: ask(false), preventDefault: true },
          { key: 'Mod-y', run: ask(true), preventDefault: true },
          { key: 'Mod-Shift-z', run: ask(true), preventDefault: true },
          ...searchKeymap, ...foldKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromSession))) onChange(update.state.doc.toString())
        }),
      ],
    }),
  })

  return {
    /** Replaces the text where it differs, so that the cursor and the scroll stay. */
    set(next) {
      const now = view.state.doc.toString()
      if (now === next) return
      let from = 0
      const shorter = Math.min(now.length, next.length)
      while (from < shorter && now[from] === next[from]) from++
      let end = 0
      while (end < shorter - from && now[now.length - 1 - end] === next[next.length - 1 - end]) end++
      view.dispatch({
        changes: { from, to: now.length - end, insert: next.slice(from, next.length - end) }, annotations: fromSession.of(true),
      })
    },
    text: () => view.state.doc.toString(),
    /** Marks the lines (counted from 1) that are mine. */
    mine(lines) {
      view.dispatch({ effects: setMine.of([...lines]) })
    },
    /** Shows a fault at line and column, counted from 1; no message shows none. */
    fault(message, line, column) {
      const { doc } = view.state
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
      const from = Math.min(at.from + Math.max(column - 1, 0), at.to)
      view.dispatch(setDiagnostics(view.state, message ? [{ from, to: Math.max(at.to, from), severity: 'error', message }] : []))
    },
    focus(line, column) {
      const { doc } = view.state
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
      const anchor = Math.min(at.from + Math.max(column - 1, 0), at.to)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}
