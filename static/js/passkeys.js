// Passkeys (WebAuthn level 3): the browser and the device do the work, this carries options one way and the answer back.
// Loaded on the few pages of sign-in that have a form[data-passkey]; each of them offers another way without it.
// A host that is a bare address cannot have passkeys: the browser would refuse (WebAuthn, 5.1.3, effective domain).
const able = window.isSecureContext && window.PublicKeyCredential?.parseRequestOptionsFromJSON
  && !/^[\d.]+$|:/.test(location.hostname);

const options = async form => form.dataset.options
  ? JSON.parse(form.dataset.options)
  : (await (await fetch(form.action, { headers: { Accept: 'application/json' } })).json()).request_options;

const ask = {
  get: given => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given) }),
  // a passkey that is found without a name typed first, and that checks who holds it: two factors in one
  create: given => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({
    ...given,
    authenticatorSelection: { ...given.authenticatorSelection, residentKey: 'required', requireResidentKey: true,
      userVerification: 'required' },
  }) }),
};

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const part = name => form.querySelector(`[data-${name}]`);
  part('able').hidden = !able;
  if (part('unable')) part('unable').hidden = Boolean(able);
  form.addEventListener('submit', async event => {
    if (form.elements.credential.value) return;  // the answer is in: let it go
    event.preventDefault();
    part('failed').hidden = true;
    try {
      const credential = await ask[form.dataset.passkey]((await options(form)).publicKey);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch (error) {
      part('failed').hidden = false;  // cancelled, timed out, or no passkey of this portal here
    }
  });
}
