/**
 * Additions for browsers that run it; every page works without. Its words come from the page.
 * Trusts nothing and keeps nothing.
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
`;
