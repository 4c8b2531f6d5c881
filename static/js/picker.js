// <party-pick>: typing shows the boxes that have these words, ticked ones always; folded sets open where one has them.
customElements.define('party-pick', class extends HTMLElement {
  connectedCallback() {
    const find = this.querySelector('[data-find]'), none = this.querySelector('[data-none]');
    find.hidden = false;
    find.querySelector('input').addEventListener('keydown', e => { if (e.key === 'Enter') e.preventDefault(); });
    find.addEventListener('input', e => {
      e.stopPropagation();
      const words = e.target.value.trim().toLowerCase();
      let seen = 0;
      for (const box of this.querySelectorAll('.opt')) {
        const has = box.textContent.toLowerCase().includes(words);
        if (has) seen += 1;
        box.hidden = !has && !box.querySelector(':checked');
        if (words && has && box.closest('details')) box.closest('details').open = true;
      }
      none.hidden = seen > 0;
      document.getElementById('live').textContent = seen ? '' : none.textContent;
    });
    find.addEventListener('change', e => e.stopPropagation());
  }
});
