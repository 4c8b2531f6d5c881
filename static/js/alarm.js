// <alarm-sound verbs="jrcc.hit.raise …">: a tone when the stream tells of one of these verbs, and words for who does
// not hear it. Silent until its button is pressed: browsers want that, and so do people. The choice holds for this tab.
// Inside: a button [data-sound] (aria-pressed), and a status [data-alarm] whose text stands in its data-words.
const SHOWN_MS = 20_000, TONES = [[880, 0], [660, 0.18], [880, 0.36]], LONG_S = 0.14, LOUD = 0.2;

customElements.define('alarm-sound', class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector('[data-sound]');
    this.note = this.querySelector('[data-alarm]');
    this.verbs = new Set((this.getAttribute('verbs') ?? '').split(' '));
    this.button.hidden = !('AudioContext' in window);
    this.show(sessionStorage.getItem('alarm-sound') === 'on');
    this.button.addEventListener('click', () => this.choose(this.button.getAttribute('aria-pressed') !== 'true'));
    this.heard = e => { if (this.verbs.has(e.detail.verb)) this.ring(); };
    document.body.addEventListener('record-changed', this.heard);
  }

  disconnectedCallback() {
    document.body.removeEventListener('record-changed', this.heard);
    clearTimeout(this.timer);
  }

  choose(on) {
    sessionStorage.setItem('alarm-sound', on ? 'on' : 'off');
    this.show(on);
    if (on) this.sound();
  }

  show(on) { this.button.setAttribute('aria-pressed', String(on)); }

  ring() {
    this.note.textContent = this.note.dataset.words;
    this.classList.add('ringing');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.note.textContent = ''; this.classList.remove('ringing'); }, SHOWN_MS);
    if (this.button.getAttribute('aria-pressed') === 'true') this.sound();
  }

  async sound() {
    this.audio ??= new AudioContext();
    // a page that was loaded anew may not sound before it is touched: then the button says so again
    if (this.audio.state === 'suspended') await this.audio.resume().catch(() => {});
    if (this.audio.state !== 'running') { this.show(false); return; }
    const now = this.audio.currentTime;
    for (const [pitch, after] of TONES) {
      const tone = this.audio.createOscillator(), gain = this.audio.createGain();
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, now + after);
      gain.gain.linearRampToValueAtTime(LOUD, now + after + 0.01);
      gain.gain.linearRampToValueAtTime(0, now + after + LONG_S);
      tone.connect(gain).connect(this.audio.destination);
      tone.start(now + after);
      tone.stop(now + after + LONG_S);
    }
    this.sounded = (this.sounded ?? 0) + 1;
    this.dataset.sounded = this.sounded;
  }
});
