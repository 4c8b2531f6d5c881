// Pages on which texts are sealed and opened. Each part is an element with data-sealing; its sentences are in the page, so
// that they are translated. Nothing here sends a key, a share in clear or a text to the portal.
import * as seal from './crypto.js';
import { find, keep } from './store.js';

const HIDDEN = '[sealed text]';
const SHORTEST = 16;
const all = (place, part) => Array.from(place.querySelectorAll(part));
const json = (place, name) => JSON.parse(place.dataset[name] || 'null');

/** Say one of the sentences of a part, at its place for errors; '' takes it away. */
function say(place, word, more = '') {
  const at = place.querySelector('[data-say]');
  const sentence = word ? place.querySelector(`[data-word="${word}"]`)?.textContent.trim() ?? word : '';
  at.textContent = more ? `${sentence} ${more}` : sentence;
  at.hidden = !word;
  if (word) at.scrollIntoView({ block: 'nearest' });
}

async function post(address, body) {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body), headers: {
    Accept: 'application/json', 'Content-Type': 'application/json', 'X-CSRFToken': token } });
  const said = await answer.json();
  if (!answer.ok) throw new Error([said.detail, ...(said.errors ?? []).map((one) => one.message)].filter(Boolean).join(' '));
  return said;
}

const chosenKey = async (place) => {
  const file = place.querySelector('[data-file]').files[0];
  if (!file) throw new Error('file');
  return seal.openKeyFile(await file.text(), place.querySelector('[data-passphrase]').value);
};

/** What is wrong with a key file, in the page's words; the form stays as it is. */
async function sayFault(place, fault, wanted = '') {
  const word = ['file', 'passphrase', 'other-key', 'other-browser'].includes(fault.message) ? fault.message : 'failed';
  say(place, word, word === 'failed' ? fault.message : wanted);
}

// --- a key of one's own ---------------------------------------------------------------------------------------------
function makeKey(place) {
  const [first, second] = [place.querySelector('#pass1'), place.querySelector('#pass2')];
  place.querySelector('[data-do]').addEventListener('click', async () => {
    if (first.value.length < SHORTEST) return say(place, 'short');
    if (first.value !== second.value) return say(place, 'differ');
    say(place, '');
    const file = await seal.makeKeyFile(first.value);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' }));
    link.download = `caricom-key-${file.fingerprint.slice(0, 4)}.json`;
    link.click();
    document.querySelector('[data-register] [name=public]').value = file.public;
    place.querySelector('[data-fingerprint]').textContent = file.fingerprint;
    place.querySelector('[data-made]').hidden = false;
    first.value = second.value = '';
    return undefined;
  });
}

// --- asking ---------------------------------------------------------------------------------------------------------
function ask(form) {
  const made = seal.makeBrowserKey().then(keep);
  made.then((key) => { form.elements.public.value = key.said; form.querySelector('[data-ready]').disabled = false; });
}

// --- a holder -------------------------------------------------------------------------------------------------------
function release(form) {
  const one = json(form, 'share');
  form.addEventListener('submit', async (event) => {
    if (form.elements.share.value) return;
    event.preventDefault();
    say(form, '');
    try {
      const own = await chosenKey(form);
      if (own.said !== one.public) throw new Error('other-key');
      const made = await seal.releaseShare(own, one.text, one.party, one, form.dataset.opening, form.dataset.reader);
      form.elements.enc.value = made.enc;
      form.elements.share.value = made.share;
      form.requestSubmit();
    } catch (fault) {
      sayFault(form, fault, one.fingerprint);
    }
  });
}

function carryOver(place) {
  const [shares, newer] = [json(place, 'shares'), place.dataset.newer];
  place.querySelector('[data-do]').addEventListener('click', async () => {
    say(place, '');
    let done = 0;
    try {
      const own = await chosenKey(place);
      const mine = shares.filter((one) => one.public === own.said);
      if (!mine.length) throw new Error('other-key');
      for (const one of mine) {
        const made = await seal.rewrap(own, one.text, one.party, one, newer);
        await post(`${place.dataset.address}${one.id}/actions/rewrap/`, made);
        done += 1;
        place.querySelector('[data-done]').textContent = `${done} / ${mine.length}`;
      }
      location.reload();
    } catch (fault) {
      sayFault(place, fault, shares[0]?.fingerprint);
    }
  });
}

// --- reading --------------------------------------------------------------------------------------------------------
/** {key, plain, text, party} of an opening that two holders released for this browser. */
async function opened(one) {
  const own = await find(one.public);
  if (!own) throw new Error('other-browser');
  const said = await post(`${one.address}actions/open/`, {});
  const key = await seal.keyFromReleased(own, said.text, said.party, one.id, said.shares);
  return { key, text: said.text, party: said.party, plain: await seal.openText({ id: said.text, body: said.body }, key) };
}

function show(plain) {
  const put = (at, text) => { if (at) { at.textContent = text; at.classList.add('sealed-open'); } };
  put(document.querySelector('[data-sealed-summary]'), plain.summary);
  all(document, '[data-sealed-paragraph]').forEach((at, number) => put(at, plain.paragraphs[number]?.text ?? ''));
}

function open(place) {
  const one = json(place, 'opening');
  const giving = place.querySelector('[data-give]');
  let found = null;
  place.querySelector('[data-do]').addEventListener('click', async () => {
    say(place, '');
    try {
      found = await opened(one);
      show(found.plain);
      place.querySelector('[data-opened]').hidden = false;
      if (giving) giving.hidden = false;
    } catch (fault) {
      sayFault(place, fault);
    }
  });
  giving?.querySelector('[data-do-give]').addEventListener('click', async () => {
    const party = giving.querySelector('select').value;
    try {
      const shares = await seal.sharesFor(found.text, party, found.key, json(giving, 'states')[party]);
      await post(`${one.address}actions/give/`, { party, shares });
      say(place, 'given', party);
    } catch (fault) {
      sayFault(place, fault);
    }
  });
}

// --- writing --------------------------------------------------------------------------------------------------------
/** The text of an envelope, by what this browser has for it. */
async function textOf(form, envelope) {
  const own = envelope.author && await find(envelope.author.public);
  if (own) return seal.openText(envelope, await seal.keyOfDraft(own, envelope));
  for (const one of json(form, 'openings') ?? []) if (await find(one.public)) return (await opened(one)).plain;
  throw new Error('other-browser');
}

const rowsOf = (form) => all(form, '[data-sealed-row]').map((row) => ({
  text: row.querySelector('[data-sealed-text]'), hidden: row.querySelector('[data-sealed-hidden]') }));

async function fill(form) {
  const given = form.elements.sealed.value;
  if (!given) return;
  const envelope = JSON.parse(given);
  const plain = await textOf(form, envelope);
  form.querySelector('[data-sealed-summary]').value = plain.summary;
  const rows = rowsOf(form).filter((row) => row.hidden.value === HIDDEN);
  plain.paragraphs.forEach((one, number) => { if (rows[number]) rows[number].text.value = one.text; });
  const parties = Object.keys(envelope.shares ?? {}).concat(json(form, 'for') ?? []);
  all(form, '[data-seal-for]').forEach((box) => { box.checked = parties.includes(box.dataset.sealFor); });
}

async function sealForm(form) {
  const rows = rowsOf(form);
  const written = rows.filter((row) => row.text.value.trim());
  const plain = { summary: form.querySelector('[data-sealed-summary]').value.trim(),
    paragraphs: written.map((row) => ({ text: row.text.value.trim() })) };
  const known = json(form, 'states');
  const chosen = all(form, '[data-seal-for]:checked').map((box) => box.dataset.sealFor);
  const states = Object.fromEntries([form.dataset.party, ...chosen].map((party) => [party, known[party]]));
  const author = await keep(await seal.makeBrowserKey());
  form.elements.sealed.value = JSON.stringify(await seal.sealText(plain, states, author.said));
  rows.forEach((row) => { row.hidden.value = row.text.value.trim() ? HIDDEN : ''; });
}

function write(form) {
  const ready = () => all(form, '[data-ready]').forEach((button) => { button.disabled = false; });
  fill(form).then(ready, (fault) => sayFault(form, fault));
  let sealed = false;
  form.addEventListener('submit', async (event) => {
    if (sealed) { sealed = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      await sealForm(form);
      sealed = true;
      form.requestSubmit(event.submitter ?? undefined);
    } catch (fault) {
      sayFault(form, fault);
    }
  }, true);
}

const PARTS = { 'make-key': makeKey, ask, release, 'carry-over': carryOver, open, write };
for (const place of document.querySelectorAll('[data-sealing]')) {
  if (seal.able()) {
    place.hidden = false;
    PARTS[place.dataset.sealing](place);
  } else {
    place.querySelector('[data-say]') && say(place, 'unable');
    place.hidden = false;
  }
}
