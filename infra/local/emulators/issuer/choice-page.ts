import { html } from 'hono/html';
import { people } from './people.ts';

/** The page of the issuer where a person signs in: without passwords, one chooses who one is. */
export const choicePage = (asked: URLSearchParams) => {
  const as = (id: string) => `/authorize?${new URLSearchParams([...asked, ['person', id]])}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Who signs in?</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body><main><h1>Who signs in?</h1>
<p>This plays the staff’s OpenID Connect provider.</p>
<ul>${people.map(
    ({ id, name, canWrite }) =>
      html`<li><a href="${as(id)}">${name}</a>, who may ${canWrite ? 'read and write' : 'only read'}</li>`,
  )}</ul>
</main></body>
</html>
`;
};
