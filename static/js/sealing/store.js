// Keys that this browser made for itself, in its own database: private halves that no script can take out of it.
// What is older than a month is forgotten; whoever clears the browser's data asks for an opening once more.
const KEPT_MS = 30 * 24 * 3600 * 1000;

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function keys(mode) {
  const opening = indexedDB.open('caricom-sealing', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys', { keyPath: 'said' });
  return (await asked(opening)).transaction('keys', mode).objectStore('keys');
}

/** Keep a key of crypto.makeBrowserKey. */
export async function keep(key) {
  await asked((await keys('readwrite')).put({ ...key, at: Date.now() }));
  const old = (await asked((await keys('readonly')).getAll())).filter((one) => one.at < Date.now() - KEPT_MS);
  for (const one of old) await asked((await keys('readwrite')).delete(one.said));
  return key;
}

/** The key with this public half; undefined where this browser has none. */
export const find = async (said) => asked((await keys('readonly')).get(said));
