// The form of small craft over a bad connection: what is typed is saved on the server while one types, a press of a
// button waits for the connection, and nothing is kept in the browser beyond the open page.
const form = document.getElementById('trip');
const says = document.getElementById('kept');
const PAUSE = 4000, AGAIN = 5000;
const TOKEN = /name="csrfmiddlewaretoken" value="([^"]+)"/;
let unsaved = false, lost = false, busy = false, timer = 0, pressed = null;

function say(what) {
  says.textContent = form.dataset[what];
  says.className = what === 'saved' ? 'fs q' : 'note warn';
}
const later = wait => { clearTimeout(timer); timer = setTimeout(save, wait); };

// somebody who has signed in anew, in another window, has another token
async function anew() {
  const token = TOKEN.exec(await (await fetch(form.action)).text());
  if (token) form.elements.csrfmiddlewaretoken.value = token[1];
  return Boolean(token);
}

async function post() {
  const data = new FormData(form);
  data.set('do', 'save');
  const answer = await fetch(form.action, { method: 'POST', body: data });
  if (new URL(answer.url).pathname.startsWith('/accounts/')) return 'ended';
  if (answer.status === 403) return await anew() ? 'again' : 'ended';
  if (answer.status >= 500) throw new Error(String(answer.status));
  if (!answer.ok) return 'refused';
  if (answer.redirected) { form.action = answer.url; history.replaceState(null, '', answer.url); }
  return 'saved';
}

async function save() {
  if (busy || !(unsaved || pressed)) return;
  busy = true;
  unsaved = false;
  let found;
  try { found = await post(); } catch { found = pressed ? 'waits' : 'lost'; }
  busy = false;
  lost = found === 'lost' || found === 'waits';
  if (found === 'saved') {
    say('saved');
    const button = pressed;
    pressed = null;
    if (button) form.requestSubmit(button);
    return;
  }
  unsaved = true;
  if (found !== 'again') say(found);
  if (found !== 'refused') later(AGAIN);
}

if (form) {
  form.addEventListener('input', () => { unsaved = true; if (!lost) later(PAUSE); });
  form.addEventListener('submit', e => {
    clearTimeout(timer);
    if (navigator.onLine && !lost && !busy) { unsaved = false; return; }
    e.preventDefault();                          // else the page gives way to the browser's own page of an error
    e.stopPropagation();
    pressed = e.submitter;
    if (!busy) { say('waits'); later(0); }
  });
  addEventListener('online', () => later(0));
  addEventListener('offline', () => { lost = true; say('lost'); later(AGAIN); });
  addEventListener('beforeunload', e => { if (unsaved || pressed) e.preventDefault(); });
}
