// <cmd-palette> in a <dialog>: a combobox over the links that the server lists as one types. Arrows choose, Enter goes
// there, Escape gives the focus back (the browser's own). portal.js fetches this when it is first opened.
customElements.define('cmd-palette', class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input');
    this.field.addEventListener('keydown', e => this.move(e));
    // what was listed fits what was typed before: Enter must not open it
    this.field.addEventListener('input', () => this.choose(this.options(), -1));
    this.addEventListener('click', e => { if (e.target.closest('[data-close]')) this.closest('dialog').close(); });
    this.addEventListener('htmx:after:swap', () => this.mark(0));
    if (this.closest('dialog').open) this.opened();
    // opened again, by whichever key or button: what was found before may have gone meanwhile
    new MutationObserver(() => { if (this.closest('dialog').open) this.opened(); })
      .observe(this.closest('dialog'), { attributeFilter: ['open'] });
  }
  options() { return [...this.querySelectorAll('[role=option]')]; }
  opened() {
    this.field.select();
    this.field.dispatchEvent(new CustomEvent('palette-open', { bubbles: true }));
  }
  mark(at) {
    const options = this.options();
    this.choose(options, at);
    this.field.setAttribute('aria-expanded', String(options.length > 0));
    this.querySelector('[data-none]').hidden = options.some(option => option.id !== 'po-all');
  }
  choose(options, at) {
    const chosen = options[at];
    this.at = at;
    options.forEach((option, n) => option.setAttribute('aria-selected', String(n === at)));
    if (!chosen) { this.field.removeAttribute('aria-activedescendant'); return; }
    this.field.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  }
  move(e) {
    const options = this.options(), step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && options.length) {
      const next = this.at + step;
      e.preventDefault();
      this.choose(options, next < 0 ? options.length - 1 : next % options.length);
    }
    // without a choice the form goes to the search, as it does without this file
    if (e.key === 'Enter' && options[this.at]) { e.preventDefault(); options[this.at].click(); }
  }
});
