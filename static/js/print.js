// A button [data-print] prints the page; it is hidden until this file has come, as it does nothing without it.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
