// What is done to a sealed text, in the browser and nowhere else: no key and no plain text ever leaves this file for the
// portal. HPKE (RFC 9180, base mode) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; two of n by Shamir's line
// over GF(2^8). The same in Python: apps/sealing/holder/caricom_holder.py. docs/reference/cryptography.md has the format.
const MARK = 'caricom sealed text 1';
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const ITERATIONS = 600000; // PBKDF2-HMAC-SHA256, as OWASP advises
const BLOCK = 1024; // a text is as long as a multiple of this many bytes, so that its length says little

const subtle = globalThis.crypto?.subtle;
const text = new TextEncoder();
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
};
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const about = (...words) => text.encode([MARK, ...words].join('|'));

export const able = () => Boolean(globalThis.isSecureContext !== false && subtle && globalThis.indexedDB);
export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
const base64 = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
const bytesOf = (said) => Uint8Array.from(
  atob(said.replaceAll('-', '+').replaceAll('_', '/')),
  (one) => one.charCodeAt(0),
);
const digest = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));

/** What a person compares: the first 128 bits of the SHA-256 of the public key, in groups of four digits. */
export const fingerprint = async (publicKey) => hex((await digest(publicKey)).slice(0, 16)).match(/.{4}/g).join(' ');

// --- HPKE -----------------------------------------------------------------------------------------------------------
const KEM = join(text.encode('KEM'), new Uint8Array([0x00, 0x10]));
const SUITE = join(text.encode('HPKE'), new Uint8Array([0x00, 0x10, 0x00, 0x01, 0x00, 0x02]));
const NONE = new Uint8Array(0);

const hmac = async (key, bytes) => {
  // an empty salt is as many zeros as the hash is long (RFC 5869, 2.2)
  const made = await subtle.importKey('raw', key.length ? key : new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' },
    false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', made, bytes));
};
const extract = (suite, salt, label, given) => hmac(salt, join(text.encode('HPKE-v1'), suite, text.encode(label), given));
const expand = async (suite, key, label, info, length) => {
  // one block of SHA-256 is enough for everything here
  const said = join(new Uint8Array([0, length]), text.encode('HPKE-v1'), suite, text.encode(label), info);
  return (await hmac(key, join(said, new Uint8Array([1])))).slice(0, length);
};

async function secretOf(exchanged, enc, publicKey) {
  const seed = await extract(KEM, NONE, 'eae_prk', exchanged);
  return expand(KEM, seed, 'shared_secret', join(enc, publicKey), 32);
}

async function schedule(shared, info) {
  const context = join(new Uint8Array([0]), await extract(SUITE, NONE, 'psk_id_hash', NONE),
    await extract(SUITE, NONE, 'info_hash', info));
  const secret = await extract(SUITE, shared, 'secret', NONE);
  const key = await expand(SUITE, secret, 'key', context, 32);
  return { key: await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']),
    nonce: await expand(SUITE, secret, 'base_nonce', context, 12) };
}

const exchange = async (privateKey, publicKey) => {
  const other = await subtle.importKey('raw', publicKey, CURVE, false, []);
  return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256));
};
const publicOf = async (pair) => new Uint8Array(await subtle.exportKey('raw', pair.publicKey));

/** {enc, sealed} of some bytes for who has the private half of a public key (65 bytes, uncompressed). */
async function wrap(publicKey, info, plain) {
  const own = await subtle.generateKey(CURVE, false, ['deriveBits']);
  const enc = await publicOf(own);
  const shared = await secretOf(await exchange(own.privateKey, publicKey), enc, publicKey);
  const { key, nonce } = await schedule(shared, info);
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, plain);
  return { enc, sealed: new Uint8Array(sealed) };
}

/** The bytes that `wrap` was given; throws where this is another key or another purpose. */
async function unwrap(own, info, enc, sealed) {
  const shared = await secretOf(await exchange(own.privateKey, enc), enc, own.public);
  const { key, nonce } = await schedule(shared, info);
  return new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed));
}

// --- two of n -------------------------------------------------------------------------------------------------------
/** The product in GF(2^8) of AES (x^8 + x^4 + x^3 + x + 1); no branch and no table follows the values. */
export function times(a, b) {
  let product = 0;
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= -(b & 1) & a;
    a = ((a << 1) ^ (-(a >> 7) & 0x11b)) & 0xff;
    b >>= 1;
  }
  return product;
}

const inverse = (a) => { // a^254
  let power = a;
  for (let step = 0; step < 6; step += 1) power = times(times(power, power), a);
  return times(power, power);
};

/** The share at `x` (1 to 255) of a line through the key and a slope; any two shares give the line. */
const shareAt = (key, slope, x) => key.map((one, at) => one ^ times(slope[at], x));

/** The key of two shares {x, share} of one line. */
function keyOf(one, other) {
  const divisor = inverse(one.x ^ other.x);
  return one.share.map((value, at) => times(times(other.x, value) ^ times(one.x, other.share[at]), divisor));
}

const checkOf = async (id, party, x, share) => hex(await digest(join(about('check', id, party, x, ''), share)));
const shareInfo = (id, party, x) => about('share', id, party, x);
const openingInfo = (opening, x) => about('opening', opening, x);

/** Whether a share is the one that the text's maker made. */
const isShare = async (id, party, x, share, check) => check === await checkOf(id, party, x, share);

/** Shares of a key for all holders {id, public} of a State, each for its holder alone. */
export async function sharesFor(id, party, key, holders) {
  const slope = random(32);
  return Promise.all(holders.map(async (holder, at) => {
    const x = at + 1;
    const share = shareAt(key, slope, x);
    const { enc, sealed } = await wrap(bytesOf(holder.public), shareInfo(id, party, x), share);
    return { key: holder.id, x, check: await checkOf(id, party, x, share), enc: base64(enc), share: base64(sealed) };
  }));
}

/** A holder's share, opened with their key; throws where it is not what the maker made. */
export async function openShare(own, id, party, one) {
  const share = await unwrap(own, shareInfo(id, party, one.x), bytesOf(one.enc), bytesOf(one.share));
  if (!await isShare(id, party, one.x, share, one.check)) throw new Error('not the share that was made');
  return share;
}

/** The same share for another key of its holder. */
export async function rewrap(own, id, party, one, publicKey) {
  const made = await wrap(bytesOf(publicKey), shareInfo(id, party, one.x), await openShare(own, id, party, one));
  return { enc: base64(made.enc), share: base64(made.sealed) };
}

/** The share for who asks to read: for the key that their browser made for this opening. */
export async function releaseShare(own, id, party, one, opening, reader) {
  const made = await wrap(bytesOf(reader), openingInfo(opening, one.x), await openShare(own, id, party, one));
  return { enc: base64(made.enc), share: base64(made.sealed) };
}

/** The key of a text, of what two holders released for this browser. */
export async function keyFromReleased(own, id, party, opening, released) {
  const shares = await Promise.all(released.slice(0, 2).map(async (one) => {
    const share = await unwrap(own, openingInfo(opening, one.x), bytesOf(one.enc), bytesOf(one.share));
    if (!await isShare(id, party, one.x, share, one.check)) throw new Error(`share ${one.x} is not the one that was made`);
    return { x: one.x, share };
  }));
  return keyOf(...shares);
}

// --- texts ----------------------------------------------------------------------------------------------------------
const bodyInfo = (id) => about('body', id);
const authorInfo = (id) => about('author', id);
const aes = (key, use) => subtle.importKey('raw', key, 'AES-GCM', false, [use]);

/** A text sealed for States: {party: holders}; and for the browser of its author while it is a draft. */
export async function sealText(plain, states, author) {
  const [id, key, nonce] = [crypto.randomUUID(), random(32), random(12)];
  const bytes = text.encode(JSON.stringify(plain));
  const padded = join(bytes, new Uint8Array(BLOCK - (bytes.length % BLOCK)).fill(0x20));
  const body = await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: bodyInfo(id) }, await aes(key, 'encrypt'),
    padded);
  const shares = {};
  for (const [party, holders] of Object.entries(states)) shares[party] = await sharesFor(id, party, key, holders);
  const own = await wrap(bytesOf(author), authorInfo(id), key);
  return { v: 1, id, body: base64(join(nonce, new Uint8Array(body))), count: plain.paragraphs.length, shares,
    author: { public: author, enc: base64(own.enc), key: base64(own.sealed) } };
}

/** The text that a key opens: {summary, paragraphs: [{text, source_ref}]}. */
export async function openText(envelope, key) {
  const body = bytesOf(envelope.body);
  const plain = await subtle.decrypt({ name: 'AES-GCM', iv: body.slice(0, 12), additionalData: bodyInfo(envelope.id) },
    await aes(key, 'decrypt'), body.slice(12));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** The key of one's own draft, kept for the browser that it was written in. */
export const keyOfDraft = (own, envelope) =>
  unwrap(own, authorInfo(envelope.id), bytesOf(envelope.author.enc), bytesOf(envelope.author.key));

// --- key files ------------------------------------------------------------------------------------------------------
const fileInfo = (publicKey) => about('key file', publicKey);
async function passphraseKey(passphrase, salt, iterations, use) {
  const base = await subtle.importKey('raw', text.encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, { name: 'AES-GCM', length: 256 },
    false, [use]);
}

/** A key file (an object to keep as JSON) under a passphrase; `public` is what the portal gets of it. */
export async function makeKeyFile(passphrase) {
  const pair = await subtle.generateKey(CURVE, true, ['deriveBits']);
  const [salt, nonce, publicKey] = [random(16), random(12), base64(await publicOf(pair))];
  const secret = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
  const key = await passphraseKey(passphrase, salt, ITERATIONS, 'encrypt');
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: fileInfo(publicKey) }, key, secret);
  return { kind: 'caricom-holder-key', v: 1, public: publicKey, fingerprint: await fingerprint(bytesOf(publicKey)),
    salt: base64(salt), iterations: ITERATIONS, nonce: base64(nonce), sealed: base64(new Uint8Array(sealed)) };
}

/** {public, privateKey} of a key file; an Error whose message is `file` or `passphrase` says what is wrong. */
export async function openKeyFile(said, passphrase) {
  let file;
  try {
    file = JSON.parse(said);
    if (file.kind !== 'caricom-holder-key' || file.v !== 1 || bytesOf(file.public).length !== 65) throw new Error('kind');
  } catch {
    throw new Error('file');
  }
  try {
    const key = await passphraseKey(passphrase, bytesOf(file.salt), file.iterations, 'decrypt');
    const secret = await subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(file.nonce),
      additionalData: fileInfo(file.public) }, key, bytesOf(file.sealed));
    return { public: bytesOf(file.public), said: file.public,
      privateKey: await subtle.importKey('pkcs8', secret, CURVE, false, ['deriveBits']) };
  } catch {
    throw new Error('passphrase');
  }
}

/** A key of this browser: the private half cannot be taken out of it, by no script and by nobody who reads its files. */
export async function makeBrowserKey() {
  const pair = await subtle.generateKey(CURVE, false, ['deriveBits']);
  const publicKey = await publicOf(pair);
  return { public: publicKey, said: base64(publicKey), privateKey: pair.privateKey };
}
