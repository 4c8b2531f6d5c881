// Portal behaviour. Everything here is an enhancement: each page works with this file absent.
// No innerHTML, no eval, no inline handlers: it runs under CSP script-src 'self' and Trusted Types.
// It stands before htmx in the page, so that the policy below is in place before htmx touches anything.
const root = document.documentElement;
const keys = () => root.dataset.keys !== 'off';      // user setting; WCAG 2.1.4
// never reload(): on the answer to a form it would send the form once more, perhaps for another seat
const again = () => location.replace(location.pathname + location.search);
const say = text => {
  const live = document.getElementById('live');
  if (live) { live.textContent = ''; requestAnimationFrame(() => { live.textContent = text; }); }
};

// --- htmx under Trusted Types: fragments may never hold a script, and nothing is evaluated -------------------------
const policy = window.trustedTypes ? trustedTypes.createPolicy('portal', {
  createHTML: s => { if (/<script[\s>]/i.test(s)) throw new TypeError('script in fragment'); return s; },
}) : { createHTML: s => s };
const deny = function () { throw new Error('eval is off'); };
// before:process is the first thing htmx does with the page: registering any later would race with hx-trigger=load
document.addEventListener('htmx:before:process', () => {
  window.htmx.registerExtension('portal-tt', { init: api => api.initSecurity(policy, deny, deny) });
}, { once: true });

// --- <time-left datetime="2008-02-12T14:47:00-04:00">: counts in the words that the server uses, which <html> carries:
// "in 2 h 10 min", "16 min late", or with `past` "16 min ago"; with `announce` 15, 5 and 1 minutes are said aloud ------
const frame = () => JSON.parse(root.dataset.words);             // what scripts say on any page, in its language
const fill = (text, values) => text.replace(/%(?:\((\w+)\)[sd]|%)/g, (_, name) => (name ? values[name] : '%'));
const distance = (words, ms, past) => {
  const day = 86_400, late = ms < 0 && !past, s = Math.floor(Math.abs(ms) / 1000);
  if (s < 60) return words.now;
  const n = !late ? Math.floor(s / day) : s < 2 * day ? 0 : Math.ceil(-ms / (day * 1000));   // as urgency.py
  const h = late && s < 7200 ? 0 : Math.floor(s / 3600), m = Math.floor((s - h * 3600) / 60);
  const span = n ? fill(n === 1 ? words.day : words.days, { n })
    : h ? fill(m && !late ? words.both : words.h, { n: h, h, m }) : fill(words.min, { n: m });
  return fill(ms > 0 ? words.in : late ? words.late : words.ago, { span });
};
customElements.define('time-left', class extends HTMLElement {
  connectedCallback() {
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
  tick() {
    // read anew each time: a swap that morphs the page gives the same element another moment
    const left = Date.parse(this.getAttribute('datetime')) - Date.now(), past = this.hasAttribute('past');
    const text = distance(JSON.parse(root.dataset.spans), left, past);
    if (text !== this.textContent) this.textContent = text;
    this.classList.toggle('t-bad', !past && left <= 0);   // "today" is the server's word: it knows the day of the place
    if (!past && left < 7_200_000) this.classList.toggle('t-warn', left > 0);
    if (this.hasAttribute('announce') && [900, 300, 60].includes(Math.round(left / 1000))) say(text);
  }
});

// --- <key-list>: j/k or arrows move between its a[data-item], Home and End jump; in a line, letters to [data-letter] ---
customElements.define('key-list', class extends HTMLElement {
  connectedCallback() { this.addEventListener('keydown', e => this.move(e)); }
  move(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || e.target.matches('input:not([type=checkbox]),select,textarea')) return;
    const line = e.target.closest('li');                        // a line with buttons: their letters move to them
    const button = keys() && line?.querySelector(`[data-letter="${CSS.escape(e.key)}"]`);
    if (button) { e.preventDefault(); e.stopPropagation(); button.focus(); return; }
    const items = [...this.querySelectorAll('a[data-item]')];
    const at = items.indexOf(e.target.closest('a[data-item]') ?? line?.querySelector('a[data-item]'));
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1, ...(keys() && { j: at + 1, k: at - 1 }),
    }[e.key];
    if (to === undefined || !items.length) return;
    e.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, to))].focus();
  }
});

// --- <char-count for="id" max="500">: characters left in the field ------------------------------------------------
customElements.define('char-count', class extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute('for'));
    if (!field) return;
    const show = () => {
      const left = this.getAttribute('max') - field.value.length;
      this.textContent = left < 0 ? -left + ' characters too many' : left + ' characters left';
    };
    field.addEventListener('input', show);
    show();
  }
});

// --- <sel-bar> around a list whose rows are ticked: the box in the head ticks the page, [data-n] says how many are -----
customElements.define('sel-bar', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', e => {
      if (e.target === this.head()) this.rows().forEach(box => { box.checked = e.target.checked; });
      this.count();
    });
    this.count();
  }
  head() { return this.querySelector('thead input[type=checkbox]'); }
  rows() { return [...this.querySelectorAll('tbody input[type=checkbox]')]; }
  count() {
    const boxes = this.rows(), ticked = boxes.filter(box => box.checked).length, head = this.head();
    this.querySelectorAll('[data-n]').forEach(n => { n.textContent = ticked; });
    if (head) { head.checked = ticked > 0 && ticked === boxes.length; head.indeterminate = ticked > 0 && !head.checked; }
  }
});

// --- details.pop, a menu: one is open at a time, Escape closes it and gives the focus back ---------------------------
const menus = () => document.querySelectorAll('details.pop[open]');
addEventListener('click', e => menus().forEach(menu => { if (!menu.contains(e.target)) menu.open = false; }));
addEventListener('keydown', e => {
  if (e.key === 'Escape') menus().forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
});

// --- <toast-note seconds="8">: said aloud, goes after its time, stays while hovered or focused ---------------------
customElements.define('toast-note', class extends HTMLElement {
  connectedCallback() {
    say(this.innerText);
    const wait = 1000 * Math.max(8, Number(this.getAttribute('seconds')) || 8);
    const start = () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.remove(), wait); };
    const hold = () => clearTimeout(this.timer);
    for (const name of ['mouseenter', 'focusin']) this.addEventListener(name, hold);
    for (const name of ['mouseleave', 'focusout']) this.addEventListener(name, start);
    this.addEventListener('click', e => { if (e.target.closest('[data-close]')) this.remove(); });
    start();
  }
  disconnectedCallback() { clearTimeout(this.timer); }
});

// --- <up-load max="bytes"> around a form with input[type=file], <progress hidden> and [data-said]: says in its
// data-words what has been sent, and sends nothing that is too large. The view redirects after a good file (with HX-Redirect, so that its message is not spent on this request).
customElements.define('up-load', class extends HTMLElement {
  get words() { return JSON.parse(this.dataset.words); }
  connectedCallback() {
    this.addEventListener('submit', e => {
      if (this.isTooLarge(e.target)) { e.preventDefault(); e.stopPropagation(); return; }
      if (this.send(e.target, e.submitter)) e.preventDefault();
    });
    this.addEventListener('click', e => { if (e.target.closest('[data-cancel]')) this.request?.abort(); });
  }
  isTooLarge(form) {
    const size = form.querySelector('input[type=file]')?.files[0]?.size, max = Number(this.getAttribute('max'));
    const mega = bytes => Math.ceil(bytes / 2 ** 20);
    if (!max || !size || size <= max) return false;
    this.said(fill(this.words.large, { size: mega(size), max: mega(max) }));
    return true;
  }
  send(form, submitter) {
    const bar = this.querySelector('progress'), file = form.querySelector('input[type=file]')?.files[0];
    if (!bar || !file || this.plain) return false;
    const request = this.request = new XMLHttpRequest(), began = performance.now();
    request.open('POST', form.getAttribute('action') || location.href);
    request.setRequestHeader('HX-Request', 'true');
    request.upload.addEventListener('progress', e => {
      this.progress(e, bar, file.name, (performance.now() - began) / 1000);
    });
    request.addEventListener('load', () => this.answered(form, submitter, request));
    request.addEventListener('error', () => this.ended(form, this.words.broke));
    request.addEventListener('abort', () => this.ended(form, this.words.cancelled));
    bar.hidden = false;
    this.querySelectorAll('[data-cancel]').forEach(n => { n.hidden = false; });
    request.send(new FormData(form, submitter));
    return true;
  }
  progress(e, bar, name, spent) {
    if (!e.lengthComputable) return;
    const share = e.loaded / e.total;
    bar.value = share * bar.max;
    const done = Math.floor(share * 100), left = Math.ceil(spent / share - spent);
    this.said(fill(share < 1 ? this.words.sending : this.words.sent, { name, done, left }));
  }
  answered(form, submitter, request) {
    const target = request.getResponseHeader('HX-Redirect') || request.responseURL;
    if (request.status < 400) { location.assign(target); return; }
    if (request.status >= 500) {
      this.ended(form, this.words.refused);
      return;
    }
    // refused, so nothing was kept: the same post without script lets the browser show the page with the reasons
    this.plain = true;
    delete form.dataset.sent;
    form.requestSubmit(submitter ?? undefined);
  }
  ended(form, words) {
    delete form.dataset.sent;
    this.querySelector('progress').hidden = true;
    this.querySelectorAll('[data-cancel]').forEach(n => { n.hidden = true; });
    this.said(words);
  }
  said(words) { const n = this.querySelector('[data-said]'); if (n) n.textContent = words; }
});

// --- <live-stream src="/api/stream/">: the portal's one stream of changes, and what is told to the page about them.
// One connection per browser: the tab that holds the Web Lock "stream" listens and passes events on by
// BroadcastChannel. Read with fetch: the name of an event is the verb, and EventSource hears only names it was told.
// On document.body appear: `record-changed` with detail {verb, type, id, version, …} for each event, and once per
// kind `TYPE-changed` (dots become dashes: jrcc.hit gives jrcc-hit-changed) with detail {ids}; both after 250 ms of
// collecting. `since` is the stream's place when the page was made: what has changed since then is told, too. `resync`
// asks all live fragments to load again: when the server says so, after a broken link, and each 30 s while there is
// none. `ping` says by how many seconds the log is read late: from 12 s on, or after as much silence, marks with class
// `live` are `stale` and say so; a page without one says it at its foot. A page is loaded anew on `closed`, since the
// seat or the session behind it has ended; one with typed text says so and stays.
const GATHER_MS = 250, BEHIND_S = 12, SILENCE_MS = 20_000, POLL_MS = 30_000, RETRY_MS = 3_000, RETRY_MAX_MS = 60_000;

/** Yields {event, data, id} for each block of a text/event-stream body; comments give an event named "ping". */
async function* blocks(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '', block = { event: '', data: '', id: '' };
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith(':')) { yield { event: 'ping', data: '', id: '' }; continue; }
      if (line === '') {
        if (block.event || block.data) yield block;
        block = { event: '', data: '', id: '' };
        continue;
      }
      const at = line.indexOf(':'), name = at < 0 ? line : line.slice(0, at);
      const text = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
      if (name in block) block[name] = (name === 'data' && block.data ? block.data + '\n' : '') + text;
    }
  }
}

customElements.define('live-stream', class extends HTMLElement {
  connectedCallback() {
    Object.assign(this, { heard: Date.now(), late: 0, waiting: [], last: this.getAttribute('since') });
    Object.assign(this, { channel: new BroadcastChannel('stream'), leaving: new AbortController() });
    this.channel.onmessage = e => this.take(e.data);
    this.watch = setInterval(() => this.look(), 1_000);
    // the promise ends only when this page goes; then the next tab in the queue begins to listen
    navigator.locks?.request('stream', { signal: this.leaving.signal }, () => this.listen()).catch(() => {});
    // another tab listens and may have told of changes before this one heard it
    setTimeout(() => { if (this.last && !this.listening) this.tell('resync'); }, 500);
  }

  disconnectedCallback() {
    this.leaving.abort();
    this.channel.close();
    clearInterval(this.watch);
    clearTimeout(this.timer);
  }

  async listen() {
    let wait = RETRY_MS, broken = false, open = false;
    this.listening = true;
    while (!this.leaving.signal.aborted) {
      try {
        const answer = await fetch(this.getAttribute('src'), {
          headers: { Accept: 'text/event-stream', ...(this.last && { 'Last-Event-ID': this.last }) },
          signal: this.leaving.signal, cache: 'no-store',
        });
        if (answer.status === 401 || answer.status === 403) { if (open) this.pass({ event: 'closed' }); return; }
        if (!answer.ok) throw new Error('no stream');
        if (broken && !this.last) this.pass({ event: 'resync' });
        this.pass({ event: 'ping' });
        wait = RETRY_MS;
        open = true;
        for await (const block of blocks(answer.body)) this.pass(block);
      } catch { wait = Math.min(RETRY_MAX_MS, wait * 2); }
      broken = true;
      // spread over half the wait, so that a restarted server is not met by everybody at once
      await new Promise(done => setTimeout(done, wait / 2 + Math.random() * wait / 2));
    }
  }

  pass(block) { this.channel.postMessage(block); this.take(block); }

  take({ event, data, id }) {
    this.heard = Date.now();
    if (id) this.last = id;
    if (event === 'ping') { this.late = data ? JSON.parse(data).behind_s : this.late; this.mark(); return; }
    this.mark();
    if (event === 'closed') { this.leaving.abort(); leave(); return; }
    if (event === 'resync') { this.tell('resync'); return; }
    if (!data) return;
    try { this.waiting.push({ verb: event, ...JSON.parse(data) }); } catch { return; }
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }
  flush() {
    const events = this.waiting, kinds = new Map();
    this.waiting = [];
    this.timer = undefined;
    for (const one of events) {
      this.tell('record-changed', one);
      if (one.type) kinds.set(one.type, [...(kinds.get(one.type) ?? []), one.id]);
    }
    for (const [type, ids] of kinds) this.tell(type.replaceAll('.', '-') + '-changed', { ids });
  }

  tell(name, detail) { document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true })); }

  look() {
    this.mark();
    if (Date.now() - this.heard < SILENCE_MS || Date.now() - (this.polled ?? 0) < POLL_MS) return;
    this.polled = Date.now();
    this.tell('resync');
  }

  mark() {
    const s = Math.floor((Date.now() - this.heard) / 1000 + this.late), stale = s >= BEHIND_S;
    if (!stale && !this.stale) return;
    this.stale = stale;
    const spans = JSON.parse(root.dataset.spans), marks = document.querySelectorAll('.live');
    const span = s < 120 ? fill(spans.s, { n: s }) : fill(spans.min, { n: Math.floor(s / 60) });
    const words = stale ? fill(frame().behind, { span }) : '';
    for (const mark of marks) {
      const said = mark.querySelector('[data-live-words]');
      said.dataset.live ??= said.textContent;                   // what the server says while all is well
      said.textContent = words || said.dataset.live;
      mark.classList.toggle('stale', stale);
    }
    this.textContent = marks.length ? '' : words;
  }
});

// --- keys that only move, dialogs, error summary -------------------------------------------------------------------
let going = 0;
// what works within a dialog alone comes when it is first opened
const openDialog = dialog => { if (dialog.dataset.script) import(dialog.dataset.script); dialog.showModal(); };
document.addEventListener('keydown', e => {
  const palette = !document.querySelector('dialog[open]') && document.getElementById('pal');
  const typing = e.target.closest('input,select,textarea,[contenteditable],dialog');
  // Ctrl+K is a chord, no single key: also from within a field, and where single keys are switched off
  const asks = (e.ctrlKey || e.metaKey) ? e.key === 'k' && !e.altKey : e.key === '/' && !typing && keys();
  if (palette && asks) { e.preventDefault(); openDialog(palette); return; }
  if (!keys() || typing || e.altKey || e.ctrlKey || e.metaKey) return;
  const place = Date.now() - going < 1500 && document.querySelector(`.rail a[data-go="${CSS.escape(e.key)}"]`);
  going = e.key === 'g' ? Date.now() : 0;
  if (place) { e.preventDefault(); place.click(); return; }
  if (e.key === '?') document.getElementById('keys')?.showModal();
  const mark = document.querySelector(`[data-key~="${CSS.escape(e.key)}"]`);
  if (mark) { e.preventDefault(); mark.focus(); }               // a single key moves, it never changes anything
});

document.addEventListener('click', e => {
  const opener = e.target.closest('[data-open]');
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog?.showModal) { e.preventDefault(); openDialog(dialog); }
  const fault = e.target.closest('.sum-err a[href^="#"]');
  const field = fault && document.getElementById(fault.hash.slice(1));
  if (field) { e.preventDefault(); field.scrollIntoView({ block: 'center' }); field.focus(); }
});

// a session that ended meanwhile answers with the sign-in page: it belongs in the window, not in a pane
document.addEventListener('htmx:before:response', e => {
  const answered = e.detail?.ctx?.response?.raw?.url;
  if (answered && new URL(answered).pathname.startsWith('/accounts/')) { e.preventDefault(); again(); }
});

const toSummary = within => within.querySelector?.('.sum-err')?.focus();
toSummary(document);
document.addEventListener('htmx:after:swap', e => {
  const within = e.detail?.ctx?.target ?? document;
  toSummary(within);
  // the button that was pressed is gone with its form: go on reading at what it led to, not at the head of the page
  if (document.activeElement === document.body && e.detail?.ctx?.request?.method === 'POST') {
    within.querySelector?.('[data-focus]')?.focus();
  }
  document.querySelectorAll('time-left').forEach(clock => clock.tick());   // else the server's words show for a second
});

// --- one post per press; a warning before typed text is lost --------------------------------------------------------
const UNDER_WAY_MS = 5_000;
let dirty = false, sentAt = -Infinity;
function leave() {
  // a form was sent just now: asking for this page again would take the place of its answer, which is under way
  const wait = sentAt + UNDER_WAY_MS - Date.now();
  if (wait > 0) { setTimeout(leave, wait); return; }
  const notes = document.getElementById('notes');
  if (!dirty || !notes) { again(); return; }
  const note = document.createElement('div');
  note.className = 'note bad';
  note.setAttribute('role', 'alert');
  note.textContent = frame().moved;
  notes.replaceChildren(note);
  notes.scrollIntoView({ block: 'center' });
}
document.addEventListener('input', e => { if (e.target.closest('form[data-guard]')) dirty = true; });
addEventListener('beforeunload', e => { if (dirty) e.preventDefault(); });
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(f => delete f.dataset.sent));
document.addEventListener('submit', e => {
  const form = e.target;
  if (form.getAttribute('method')?.toLowerCase() !== 'post' || form.hasAttribute('hx-post')) { dirty = false; return; }
  if (form.dataset.sent) { e.preventDefault(); return; }
  // the mark goes on after the browser has gathered the fields, so the pressed button is still sent
  setTimeout(() => {
    if (!e.defaultPrevented) sentAt = Date.now();
    if (!e.defaultPrevented || form.closest('up-load')) form.dataset.sent = 'yes';
  });
  dirty = false;
});

// --- a password may be looked at while it is typed; it is hidden again before it goes --------------------------------
for (const button of document.querySelectorAll('[data-shows]')) {
  const field = document.getElementById(button.dataset.shows);
  const show = on => { field.type = on ? 'text' : 'password'; button.setAttribute('aria-pressed', String(on)); };
  button.hidden = false;
  button.addEventListener('click', () => show(field.type === 'password'));
  field.form.addEventListener('submit', () => show(false));
}
