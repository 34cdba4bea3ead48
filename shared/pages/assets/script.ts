/**
 * Additions for browsers that run it; every page works without. Its words come from the page.
 * Trusts nothing; an address that was typed goes to the next page by the tab's own memory, once.
 */
export const script = `'use strict';
for (const box of document.querySelectorAll('.secret')) {
  const input = box.querySelector('input');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'show';
  button.setAttribute('aria-label', box.dataset.label);
  button.setAttribute('aria-pressed', 'false');
  button.setAttribute('aria-controls', input.id);
  button.textContent = box.dataset.show;
  const show = (isShown) => {
    input.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? box.dataset.hide : box.dataset.show;
    button.setAttribute('aria-pressed', String(isShown));
  };
  button.addEventListener('click', () => {
    show(input.type === 'password');
    input.focus();
  });
  // A browser may remember what is typed into a plain text field.
  input.form.addEventListener('submit', () => show(false));
  box.append(button);
}
for (const hint of document.querySelectorAll('.strength')) {
  const input = document.getElementById('password');
  input.addEventListener('input', () => {
    const letters = [...input.value.normalize('NFKC')];
    const isVaried = new Set(letters).size > 7;
    const missing = 12 - letters.length;
    const grade = missing > 0 ? 'more' : letters.length > 17 && isVaried ? 'strong' : 'fair';
    hint.dataset.grade = letters.length > 0 ? grade : '';
    hint.textContent =
      letters.length === 0 ? '' : missing > 0 ? missing + ' ' + hint.dataset.more : hint.dataset[grade];
  });
}
for (const button of document.querySelectorAll('[data-wait]')) {
  const words = button.textContent;
  const end = Date.now() + button.dataset.wait * 1000;
  const count = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? words + ' (' + left + ')' : words;
    if (left > 0) setTimeout(count, 250);
  };
  count();
}
try {
  const field = document.getElementById('email');
  const carried = sessionStorage.getItem('email');
  sessionStorage.removeItem('email');
  if (field && carried && !field.value) field.value = carried;
  for (const link of document.querySelectorAll('[data-carry]')) {
    link.addEventListener('click', () => sessionStorage.setItem('email', field.value));
  }
} catch {
  // A browser may refuse a page its memory: the address is typed again.
}
`;
