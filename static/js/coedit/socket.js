// The socket of a text: keeps a Yjs document in step with the server, and says how far it is (contract-rifc.md, 2).
import {
  Awareness, Y, applyAwarenessUpdate, decoding, encodeAwarenessUpdate, encoding, removeAwarenessStates,
} from '../../vendor/editor/editor.js';

const PROTOCOL = 'cisnet.coedit.v1';
const SYNC = 0, AWARENESS = 1, STEP_1 = 0, STEP_2 = 1, UPDATE = 2;
const PING_MS = 20000, SAFE_MS = 250, FIRST_WAIT_MS = 500, LONGEST_WAIT_MS = 30000;
// codes after which coming again would not help
const FINAL = new Set([4400, 4401, 4403, 4404, 4406, 4409, 4413, 4422]);

const frame = (...parts) => encoding.encode((to) => {
  for (const part of parts) typeof part === 'number' ? encoding.writeVarUint(to, part) : encoding.writeVarUint8Array(to, part);
});

export class TextSocket extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.unsent = 0; // changes made here that are not known to be on disk
    this.marks = 0;
    this.wait = FIRST_WAIT_MS;
    this.mode = 'read';
    this.reason = '';
    this.doc.on('update', (update, origin) => { if (origin !== this) this.changed(update); });
    this.awareness.on('update', ({ added, updated, removed }, origin) => {
      if (origin === this || this.mode !== 'write') return;
      this.send(frame(AWARENESS, encodeAwarenessUpdate(this.awareness, [...added, ...updated, ...removed])));
    });
    addEventListener('online', () => this.again(0));
    // the socket of a line that has gone would be taken for open until two beats are missed
    addEventListener('offline', () => this.drop());
    this.open();
  }

  get isOpen() { return this.socket?.readyState === WebSocket.OPEN; }

  tell(type, detail = {}) { this.dispatchEvent(new CustomEvent(type, { detail })); }

  open() {
    clearTimeout(this.timer);
    this.greeted = false;
    const socket = new WebSocket(this.url, PROTOCOL);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.hear(JSON.parse(data)) : this.take(new Uint8Array(data)));
    socket.onclose = ({ code }) => { if (socket === this.socket) this.closed(code); };
  }

  closed(code) {
    clearInterval(this.heart);
    clearTimeout(this.asking);
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    // a browser learns nothing of why a handshake was refused: it gives up after some tries
    this.refused = this.greeted ? 0 : (this.refused ?? 0) + 1;
    if (FINAL.has(code)) { this.finished = true; this.tell('end', { code }); return; }
    this.tell('state');
    this.again(this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  again(ms) {
    if (this.finished || this.isOpen) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), ms);
  }

  send(data) { if (this.isOpen && this.greeted) this.socket.send(data); }

  say(message) { this.send(JSON.stringify(message)); }

  // --- out ---

  changed(update) {
    this.unsent += 1;
    this.send(frame(SYNC, UPDATE, update));
    this.tell('state');
    this.askSoon();
  }

  // When typing pauses: is everything up to here on disk?
  askSoon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      this.marks += 1;
      this.markedAt = this.unsent;
      this.say({ t: 'ack?', n: this.marks });
    }, SAFE_MS);
  }

  // --- in ---

  hear(message) {
    if (message.t === 'hello') this.begin(message);
    else if (message.t === 'ack' && message.n === this.marks) {
      this.unsent -= this.markedAt;
      this.markedAt = 0;
      this.tell('state');
    } else if (message.t === 'state') this.setMode(message);
    else if (message.t === 'nack') this.tell('nack', message);
    else if (message.t === 'pong') this.missed = 0;
  }

  begin({ mode, reason, user, epoch }) {
    this.greeted = true;
    if (this.epoch && this.epoch !== epoch) { this.finished = true; this.socket.close(); this.tell('end', { code: 4409 }); return; }
    Object.assign(this, { epoch, user, wait: FIRST_WAIT_MS, missed: 0 });
    this.setMode({ mode, reason });
    this.socket.send(frame(SYNC, STEP_1, Y.encodeStateVector(this.doc)));
    if (mode === 'write' && this.awareness.getLocalState()) {
      this.send(frame(AWARENESS, encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
    }
    clearInterval(this.heart);
    this.heart = setInterval(() => this.beat(), PING_MS);
    if (this.unsent) this.askSoon();
    this.tell('state');
  }

  beat() {
    if (this.missed >= 2) { this.drop(); return; }
    this.missed += 1;
    this.say({ t: 'ping', n: this.missed });
  }

  drop() {
    if (this.finished || !this.socket) return;
    this.socket.close();
    this.socket = null; // its own end comes when the line does, and is not heard
    this.closed(1006);
  }

  setMode({ mode, reason }) {
    this.mode = mode;
    this.reason = reason ?? '';
    this.tell('mode');
  }

  take(data) {
    const from = decoding.createDecoder(data);
    if (decoding.readVarUint(from) === AWARENESS) {
      applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(from), this);
      return;
    }
    const step = decoding.readVarUint(from);
    const content = decoding.readVarUint8Array(from);
    if (step === STEP_1) this.send(frame(SYNC, STEP_2, Y.encodeStateAsUpdate(this.doc, content)));
    else {
      Y.applyUpdate(this.doc, content, this);
      if (step === STEP_2) this.tell('synced');
    }
  }

  // Keep nothing of the text: the right to it has ended.
  forget() {
    this.finished = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.awareness.destroy();
    this.doc.destroy();
  }
}
