import { textOf } from '../../client-list/text-of.ts';

/**
 * While an email is under way, the parts of a page that may have changed are looked at again; what
 * somebody is typing in is left alone. Without script there is a link to look again.
 *
 * A file that is chosen or dropped is read into the field that it belongs to, in the encodings of spreadsheets.
 */
export const script = `'use strict';
const watch = async () => {
  const { watch: path, seconds } = document.getElementById('live')?.dataset ?? {};
  if (!path) return;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  try {
    const answer = await fetch(path, { redirect: 'error' });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id);
      if (!next || part.contains(document.activeElement) || part.textContent === next.textContent) continue;
      part.replaceWith(next);
    }
    const { watch: again = '' } = fresh.getElementById('live')?.dataset ?? {};
    document.getElementById('live').dataset.watch = again;
  } catch {
    // Signed out, or the network is gone: the page stays as it is.
    return;
  }
  watch();
};
watch();

const textOf = ${textOf};
for (const input of document.querySelectorAll('input[type=file][data-into]')) {
  const read = async () => {
    const [file] = input.files;
    if (file) document.getElementById(input.dataset.into).value = textOf(new Uint8Array(await file.arrayBuffer()));
  };
  input.parentElement.hidden = false;
  input.addEventListener('change', read);
  // Anywhere on the form: a browser would leave the page for a file that misses the field.
  const isFile = ({ dataTransfer }) => dataTransfer.types.includes('Files');
  input.form.addEventListener('dragover', (event) => {
    if (isFile(event)) event.preventDefault();
  });
  input.form.addEventListener('drop', (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    read();
  });
}
`;
