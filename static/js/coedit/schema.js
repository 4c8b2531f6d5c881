// What a section may contain: the same list as apps/coedit/yjs/schema.py, which refuses everything else.
import {
  Extension, Link, Mark, Node, Plugin, PluginKey, StarterKit, TableKit, mergeAttributes, ySyncPluginKey,
} from '../../vendor/editor/editor.js';

const BLOCKS = ['paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote', 'table', 'judgement'];
const WORD = /^[A-Za-z0-9_-]{1,64}$/;
const HREF = /^(?:https:\/\/[^\s/?#][^\s]*|\/(?![/\\])[^\s\\]*)$/;
export const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
export const isLink = (href) => href.length <= 2000 && HREF.test(href);
const word = (element, name) => { const value = element.getAttribute(name); return value && WORD.test(value) ? value : null; };

// Ids of blocks: given where a block is made, and only for what was typed here.
const Ids = Extension.create({
  name: 'ids',
  addGlobalAttributes() {
    const pid = {
      default: null,
      keepOnSplit: false,
      parseHTML: (element) => word(element, 'data-pid'),
      renderHTML: ({ pid: value }) => (value ? { 'data-pid': value } : {}),
    };
    return [{ types: BLOCKS, attributes: { pid } }];
  },
  addProseMirrorPlugins() {
    return [new Plugin({
      key: new PluginKey('ids'),
      appendTransaction(transactions, _before, state) {
        if (!transactions.some((one) => one.docChanged && !one.getMeta(ySyncPluginKey))) return null;
        const seen = new Set();
        const change = state.tr;
        state.doc.descendants((node, at) => {
          if (!BLOCKS.includes(node.type.name)) return;
          let { pid } = node.attrs;
          if (!pid || seen.has(pid)) {
            pid = crypto.randomUUID();
            change.setNodeAttribute(at, 'pid', pid);
          }
          seen.add(pid);
        });
        return change.docChanged ? change : null;
      },
    })];
  },
});

// A change that comes from another replaces the text, and with it the marks chosen for the next letter would be forgotten.
const NextLetter = Extension.create({
  name: 'nextLetter',
  addProseMirrorPlugins() {
    return [new Plugin({
      key: new PluginKey('nextLetter'),
      appendTransaction(transactions, before, state) {
        const another = transactions.some((one) => one.getMeta(ySyncPluginKey)?.isChangeOrigin);
        return another && before.storedMarks && !state.storedMarks ? state.tr.setStoredMarks(before.storedMarks) : null;
      },
    })];
  },
});

// A judgement is written as an object of its own beside the text; this is where it stands in the text.
const Judgement = Node.create({
  name: 'judgement',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({
    jid: {
      default: null,
      parseHTML: (element) => word(element, 'data-jid'),
      renderHTML: ({ jid }) => (jid ? { 'data-jid': jid } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'p.co-judgement', priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { class: 'co-judgement' }), 0],
});

const Citation = Node.create({
  name: 'citation',
  group: 'inline',
  inline: true,
  atom: true,
  marks: '',
  addAttributes: () => ({
    report: { default: null, parseHTML: (element) => word(element, 'data-report'), renderHTML: ({ report }) => ({ 'data-report': report }) },
    para: { default: 0, parseHTML: (element) => Number(element.dataset.para) || 0, renderHTML: ({ para }) => ({ 'data-para': para }) },
  }),
  parseHTML: () => [{ tag: 'span.co-cite' }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'co-cite' }), `[${node.attrs.para}]`],
});

const Portion = Mark.create({
  name: 'pm',
  inclusive: true,
  addAttributes: () => ({
    level: {
      default: 'R',
      parseHTML: (element) => (['U', 'R', 'C', 'S'].includes(element.dataset.pm) ? element.dataset.pm : 'R'),
      renderHTML: ({ level }) => ({ 'data-pm': level }),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-pm]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'co-pm' }), 0],
});

// Tiptap's own would write target, rel and class into the text.
const PlainLink = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [{ tag: 'a[href]', getAttrs: (element) => (isLink(element.getAttribute('href')) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ['a', { href: HTMLAttributes.href, rel: 'noopener noreferrer' }, 0],
}).configure({ autolink: false, linkOnPaste: false, openOnClick: false });

export const extensions = [
  StarterKit.configure({
    undoRedo: false, code: false, codeBlock: false, strike: false, horizontalRule: false, link: false,
    trailingNode: false, heading: { levels: [2, 3, 4] },
  }),
  TableKit.configure({ table: { resizable: false } }),
  PlainLink, Ids, NextLetter, Judgement, Citation, Portion,
];
