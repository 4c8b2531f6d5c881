// Remarks in the margin: their words are marked in the text, and words that are chosen there go into the form.
import { Y } from '../../vendor/editor/editor.js';

const LONGEST = 500;
const decode = (text) => Y.decodeRelativePosition(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
const encode = (position) => btoa(String.fromCharCode(...Y.encodeRelativePosition(position)));
const size = (child) => (child instanceof Y.XmlText ? child.length : 1);

// The run of text and the index in it at a place of the editor; null outside of a block of text.
function inText(fragment, at) {
  if (!at.parent.isTextblock) return null;
  let block = fragment;
  for (let depth = 0; depth < at.depth; depth += 1) block = block?.get(at.index(depth));
  let left = at.parentOffset;
  for (const child of block?.toArray() ?? []) {
    if (child instanceof Y.XmlText && left <= child.length) return { text: child, index: left };
    left -= size(child);
  }
  return null;
}

// The place in the editor of a relative position; null for letters that are gone.
function inEditor(state, doc, position) {
  const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
  if (!(found?.type instanceof Y.XmlText) || !found.type.parent) return null;
  const path = [];
  let inside = found.index;
  for (const child of found.type.parent.toArray()) { if (child === found.type) break; inside += size(child); }
  for (let one = found.type.parent; one.parent; one = one.parent) path.unshift(one.parent.toArray().indexOf(one));
  let node = state.doc;
  let at = 0;
  for (const index of path) {
    if (index < 0 || index >= node.childCount) return null;
    for (let before = 0; before < index; before += 1) at += node.child(before).nodeSize;
    node = node.child(index);
    at += 1;
  }
  return inside <= node.content.size ? at + inside : null;
}

export function remarks(place, editor, doc, tell) {
  const panel = document.querySelector('[data-remarks]');
  if (!panel) return;
  const fragment = doc.getXmlFragment('body');
  let chosen = null;

  const rangeOf = (item) => {
    if (!item.dataset.from || !item.dataset.to) return null;
    const from = inEditor(editor.state, doc, decode(item.dataset.from));
    const to = inEditor(editor.state, doc, decode(item.dataset.to));
    if (from === null || to === null || to <= from) return null;
    const [start, end] = [editor.view.domAtPos(from), editor.view.domAtPos(to)];
    const range = new Range();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  };

  let drawing = 0;
  function draw() {
    drawing = 0;
    const ranges = [];
    for (const item of panel.querySelectorAll('[data-remark]')) {
      const range = rangeOf(item);
      const show = item.querySelector('[data-remark-show]');
      if (show) show.hidden = !range;
      if (range && item.dataset.remark === 'open') ranges.push(range);
    }
    if (globalThis.Highlight) CSS.highlights.set('co-remark', new Highlight(...ranges));
  }
  const soon = () => { drawing ||= setTimeout(draw, 300); };

  panel.addEventListener('click', ({ target }) => {
    const item = target.closest('[data-remark-show]')?.closest('[data-remark]');
    const range = item && rangeOf(item);
    if (!range) return;
    const choice = getSelection();
    choice.removeAllRanges();
    choice.addRange(range);
    range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  });

  document.addEventListener('selectionchange', () => {
    const choice = getSelection();
    const box = place.querySelector('[data-co-here]');
    if (!choice.rangeCount || !box.contains(choice.anchorNode) || !box.contains(choice.focusNode)) return;
    const ends = [[choice.anchorNode, choice.anchorOffset], [choice.focusNode, choice.focusOffset]]
      .map(([node, offset]) => editor.view.posAtDOM(node, offset)).sort((one, other) => one - other);
    chosen = ends[0] < ends[1] ? ends : null;
  });

  const take = panel.querySelector('[data-remark-take]');
  const form = panel.querySelector('[data-remark-form]');
  if (take && form) {
    take.hidden = false;
    take.addEventListener('click', () => {
      const [from, to] = (chosen ?? [0, 0]).map((at) => editor.state.doc.resolve(at));
      const quote = chosen && from.sameParent(to) ? editor.state.doc.textBetween(...chosen) : '';
      const [start, end] = [inText(fragment, from), inText(fragment, to)];
      if (!quote || quote.length > LONGEST || !start || start.text !== end?.text) { tell('choose'); return; }
      tell('');
      form.elements.quote.value = quote;
      form.elements.anchor_from.value = encode(Y.createRelativePositionFromTypeIndex(start.text, start.index, 0));
      form.elements.anchor_to.value = encode(Y.createRelativePositionFromTypeIndex(end.text, end.index, -1));
      form.closest('details').open = true;
      form.elements.text.focus();
    });
    // words that were typed anew are no longer those of the anchor
    form.elements.quote.addEventListener('input', () => { form.elements.anchor_from.value = form.elements.anchor_to.value = ''; });
  }
  // remarks of others have come, and the buttons are as the server draws them
  panel.addEventListener('htmx:after:swap', soon);
  editor.on('transaction', ({ transaction }) => { if (transaction.docChanged) soon(); });
  draw();
}
