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
  button.setAttribute('aria-controls', input.id);
  const show = (isShown) => {
    input.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? box.dataset.hide : box.dataset.show;
    button.setAttribute('aria-label', button.textContent + ' ' + box.dataset.what);
  };
  button.addEventListener('click', () => {
    show(input.type === 'password');
    input.focus();
  });
  show(false);
  // A browser may remember what is typed into a plain text field.
  input.form.addEventListener('submit', () => show(false));
  box.append(button);
}
for (const hint of document.querySelectorAll('.strength')) {
  const input = document.getElementById('password');
  input.addEventListener('input', () => {
    const typed = input.value.normalize('NFKC');
    const { length } = [...typed];
    const grade = length === 0 ? '' : length < 12 ? 'short' : length > 128 ? 'long' : typed.trim() === typed ? 'fair' : 'spaced';
    // The same words again would be read aloud at every key.
    if (hint.dataset.grade === grade) return;
    hint.dataset.grade = grade;
    hint.textContent = hint.dataset[grade] ?? '';
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
