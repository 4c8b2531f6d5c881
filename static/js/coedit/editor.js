// The section page: an editor in the place of the text that the server drew, its toolbar, who is here, how safe it is.
import { Collaboration, CollaborationCaret, Editor, Slice, Y } from '../../vendor/editor/editor.js';
import { remarks } from './remarks.js';
import { CONTROL, extensions, isLink } from './schema.js';
import { TextSocket } from './socket.js';

const LONG = 20000; // characters of a paste that is worth a warning
const FRAME = 200000; // bytes of a paste that one message can carry
const MARKUP = 300000; // characters of HTML that are read at all: more would hold the page for seconds
const PICTURE = /\bsrc=(["'])data:[^"']*\1/gi; // pictures are not taken, so their bytes need not be read
const LATE_MS = 10000;
const TONES = 10;

for (const place of document.querySelectorAll('[data-coedit]')) start(place);

function start(place) {
  const part = (name) => place.querySelector(`[data-co-${name}]`);
  const words = JSON.parse(place.dataset.words);
  const address = new URL(place.dataset.coedit, location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new TextSocket(address.href);
  let editor = null;
  let sentSince = 0;
  let tooMuch = false;

  const say = (name, more = '') => {
    const line = part('state');
    const text = words[name] + (more && ` ${more}`);
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = name;
    // beside the line that is read out: nobody wants to hear it at each letter
    part('count').textContent = name === 'unsent' ? socket.unsent : '';
  };

  function showState() {
    if (socket.finished) return;
    if (!socket.isOpen || !socket.greeted) {
      if (socket.unsent) say('unsent');
      else if (socket.refused > 3 && navigator.onLine) say('refused');
      else say(socket.epoch ? 'offline' : 'opening');
    } else if (socket.mode !== 'write') say('reading', words[`why_${socket.reason}`] ?? '');
    else if (socket.unsent) {
      sentSince ||= Date.now();
      say(Date.now() - sentSince > LATE_MS ? 'late' : 'sending');
    } else { sentSince = 0; say('saved'); }
  }

  function notice(name, more = '') {
    const box = part('notice');
    box.textContent = name ? words[name] + (more && ` ${more}`) : '';
    box.hidden = !name;
  }

  // What was not taken stays at hand, to be copied.
  function keepCopy(name, more) {
    notice(name, more);
    const box = part('copy');
    box.querySelector('textarea').value = editor ? editor.getText({ blockSeparator: '\n\n' }) : '';
    box.hidden = false;
  }

  function begin() {
    if (editor) return;
    part('text').hidden = true;
    editor = new Editor({
      element: part('here'),
      injectCSS: false,
      content: { type: 'doc', content: [{ type: 'paragraph' }] }, // a text would be read as HTML, which the policy forbids
      editable: socket.mode === 'write',
      extensions: [
        ...extensions,
        Collaboration.configure({ fragment: socket.doc.getXmlFragment('body') }),
        CollaborationCaret.configure({ provider: socket, user: {}, render: caret, selectionRender: selection }),
      ],
      editorProps: {
        attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': words.label, class: 'co-text' },
        handleKeyDown: (_view, event) => {
          if (!(event.altKey && event.key === 'F10')) return false;
          part('tools').querySelector('button').focus();
          return true;
        },
        handleTextInput: (view, from, to, text) => {
          const clean = text.replace(CONTROL, '');
          if (clean === text) return false;
          view.dispatch(view.state.tr.insertText(clean, from, to));
          return true;
        },
        transformPastedHTML: (html) => {
          const clean = html.replace(PICTURE, '').replace(CONTROL, '');
          tooMuch = clean.length > MARKUP;
          return tooMuch ? '' : clean;
        },
        transformPastedText: (text) => text.replace(CONTROL, ''),
        transformPasted: (slice) => pasted(slice),
      },
      onTransaction: showTools,
    });
    followLetters(editor, socket.doc);
    showMode();
    tools(part('tools'), editor, place);
    remarks(place, editor, socket.doc, notice);
    place.dataset.ready = 'true';
  }

  function pasted(slice) {
    let bytes = 0;
    slice.content.descendants((node) => { bytes += node.isText ? 40 + 3 * node.text.length : 120; });
    if (tooMuch || bytes > FRAME) { tooMuch = false; notice('too_large'); return Slice.empty; }
    const size = slice.content.textBetween(0, slice.content.size, ' ').length;
    notice(size > LONG ? 'long' : '');
    return slice;
  }

  function showMode() {
    if (!editor) return;
    const writes = socket.mode === 'write';
    editor.setEditable(writes, false);
    part('tools').hidden = !writes;
    place.dataset.mode = socket.mode;
    if (!writes) socket.awareness.setLocalState(null);
    else if (!socket.awareness.getLocalState()) socket.awareness.setLocalState({});
    showState();
  }

  function showTools() {
    if (!editor) return;
    for (const button of part('tools').querySelectorAll('[data-mark]')) {
      const [name, level] = button.dataset.mark.split(':');
      button.setAttribute('aria-pressed', editor.isActive(name, level ? { level: Number(level) || level } : {}));
    }
  }

  function showPeople() {
    const people = new Map();
    for (const [client, state] of socket.awareness.getStates()) {
      if (client !== socket.doc.clientID && state?.user) people.set(state.user.id, state.user);
    }
    const list = part('people');
    const wanted = [...people.values()].sort((one, other) => one.label.localeCompare(other.label));
    const key = wanted.map((one) => one.id).join();
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...wanted.map((one) => {
      const item = document.createElement('li');
      item.className = `co-c${one.id % TONES}`;
      item.textContent = one.label;
      return item;
    }));
    part('alone').hidden = wanted.length > 0;
  }

  socket.addEventListener('synced', () => { begin(); showState(); });
  socket.addEventListener('mode', showMode);
  socket.addEventListener('state', showState);
  socket.awareness.on('change', showPeople);
  setInterval(showState, 1000);

  socket.addEventListener('nack', ({ detail }) => {
    const at = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    if (detail.code === 'frozen' || detail.code === 'readonly') keepCopy('not_taken', at);
    else if (detail.code !== 'rate') keepCopy('refused_content', detail.detail);
  });

  socket.addEventListener('end', ({ detail: { code } }) => {
    editor?.setEditable(false, false);
    part('tools').hidden = true;
    if (code === 4403 || code === 4404) {
      editor?.destroy();
      editor = null;
      socket.forget();
      part('here').replaceChildren();
      part('text').replaceChildren();
      say('withdrawn');
    } else if (code === 4401) { say('signed_out'); part('again').hidden = false; }
    else if (code === 4409 && !socket.unsent) location.reload();
    else { say('ended'); keepCopy(code === 4409 ? 'begun_anew' : 'refused_content', ''); part('again').hidden = false; }
    part('people').replaceChildren();
  });

  part('again').addEventListener('click', () => location.reload());
  addEventListener('beforeunload', (event) => { if (socket.unsent && !socket.finished) event.preventDefault(); });
}

// The binding would keep the offset in the paragraph as soon as another changes its words, and so push the caret into what
// he writes before it (y-tiptap 3.0.9). Where the letter is still there on which the caret stood, that letter decides.
function followLetters(editor, doc) {
  const { binding } = editor.state.plugins.find((one) => one.key === 'y-sync$').getState(editor.state);
  const isThere = (position) => {
    let inside = position && Y.createAbsolutePositionFromRelativePosition(position, doc)?.type;
    while (inside?._item && !inside._item.deleted) inside = inside._item.parent;
    return inside && !inside._item;
  };
  const offset = (position, at) => (isThere(position) ? null : at);
  let held = binding.beforeTransactionSelection;
  Object.defineProperty(binding, 'beforeTransactionSelection', {
    get: () => held,
    set: (one) => {
      held = one && {
        ...one,
        get absAnchor() { return offset(one.anchor, one.absAnchor); },
        get absHead() { return offset(one.head, one.absHead); },
      };
    },
  });
}

function caret(user) {
  const mark = document.createElement('span');
  mark.className = `co-caret co-c${(user.id ?? 0) % TONES}`;
  const label = document.createElement('span');
  label.className = 'co-name';
  label.textContent = user.label ?? '';
  mark.append(label);
  return mark;
}

const selection = (user) => ({ class: `co-sel co-c${(user.id ?? 0) % TONES}` });

// --- the toolbar ---

const COMMANDS = {
  bold: (go) => go.toggleBold(), italic: (go) => go.toggleItalic(), underline: (go) => go.toggleUnderline(),
  'heading:2': (go) => go.toggleHeading({ level: 2 }), 'heading:3': (go) => go.toggleHeading({ level: 3 }),
  bulletList: (go) => go.toggleBulletList(), orderedList: (go) => go.toggleOrderedList(),
  blockquote: (go) => go.toggleBlockquote(), judgement: (go) => go.toggleNode('judgement', 'paragraph', {}),
  undo: (go) => go.undo(), redo: (go) => go.redo(),
  table: (go) => go.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  row: (go) => go.addRowAfter(), column: (go) => go.addColumnAfter(), noTable: (go) => go.deleteTable(),
};

function tools(bar, editor, place) {
  const dialog = place.querySelector('[data-co-link]');
  bar.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    const { mark, run } = button.dataset;
    if (run === 'link') openLink(dialog, editor);
    else COMMANDS[mark ?? run](editor.chain().focus()).run();
  });
  bar.querySelector('[data-co-portion]').addEventListener('change', ({ target }) => {
    const go = editor.chain().focus();
    (target.value ? go.setMark('pm', { level: target.value }) : go.unsetMark('pm')).run();
    target.value = '-';
  });
  bar.addEventListener('keydown', (event) => {
    const all = [...bar.querySelectorAll('button, select')];
    const at = all.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') editor.commands.focus();
    else if (step && event.target.tagName !== 'SELECT') all[(at + step + all.length) % all.length].focus();
    else return;
    event.preventDefault();
  });
  const form = dialog.querySelector('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const field = form.elements.href;
    const href = field.value.trim();
    const fits = !href || isLink(href);
    field.setAttribute('aria-invalid', String(!fits));
    form.querySelector('[data-co-wrong]').hidden = fits;
    if (!fits) { field.focus(); return; }
    dialog.close();
    const go = editor.chain().focus().extendMarkRange('link');
    (href ? go.setMark('link', { href }) : go.unsetMark('link')).run();
  });
  form.querySelector('[data-co-cancel]').addEventListener('click', () => { dialog.close(); editor.commands.focus(); });
}

function openLink(dialog, editor) {
  dialog.querySelector('input').value = editor.getAttributes('link').href ?? '';
  dialog.showModal();
}
