import { html, raw } from 'hono/html';
import { palette } from '../../../../shared/core/palette.ts';
import type { Email } from './email.ts';

const { light, dark } = palette;

const style = raw(`
  :root { color-scheme: light dark; --line: light-dark(#767676, #8a8a8a); --quiet: light-dark(#595959, #b3b3b3);
    --paper: light-dark(#fff, #151515); --ink: light-dark(#222, #eee); --link: light-dark(${light.accent}, ${dark.accent}); }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; font: 1rem/1.5 system-ui, sans-serif;
    background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; }
  h1 { font-size: 1.4rem; margin: 0; }
  a, summary { color: var(--link); }
  ul { list-style: none; padding: 0; margin: 1rem 0; border-top: 1px solid var(--line); }
  li a { display: grid; grid-template-columns: 3rem 1fr auto; gap: .25rem 1rem; padding: .75rem .25rem;
    border-bottom: 1px solid var(--line); text-decoration: none; color: inherit; }
  li a:hover, li a:focus-visible { background: light-dark(#f0f0f0, #2a2a2a); }
  :focus-visible { outline: 3px solid light-dark(${light.focus}, ${dark.focus}); outline-offset: 2px; }
  .region { font-weight: 700; } .to, time, dt { color: var(--quiet); } .to { grid-column: 2 / 4; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; } dd { margin: 0; }
  iframe { display: block; width: 100%; height: 60rem; border: 1px solid var(--line); background: #fff; }
  pre { white-space: pre-wrap; border: 1px solid var(--line); padding: 1rem; overflow-wrap: anywhere; }
  .down { color: light-dark(${light.bad}, ${dark.bad}); font-weight: 700; }
  button { font: inherit; padding: .4rem .9rem; }
  p, pre, iframe { margin: 1rem 0; }
`);

/** Shows the whole of an email, however long; the email itself runs no script. */
export const script = `
const frame = document.querySelector('iframe');
const fit = () => {
  frame.style.height = 0;
  const border = frame.offsetHeight - frame.clientHeight;
  frame.style.height = frame.contentDocument.documentElement.scrollHeight + border + 'px';
};
frame.addEventListener('load', fit);
addEventListener('resize', fit);
if (frame.contentDocument.readyState === 'complete') fit();
`;

const layout = (title: string, head: unknown, main: unknown): string =>
  String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body><header>${head}</header>
<main>${main}</main></body>
</html>`);

const time = (at: string) =>
  html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;

/** All emails, and the switch that turns SES off. */
export const listPage = (emails: readonly Email[], isDown: boolean): string =>
  layout(
    'Mailbox',
    html`<h1>Mailbox of the local run</h1>
<form method="post" action="/ses">
${isDown ? html`<span class="down">SES is switched off: nothing is sent.</span> ` : ''}
<button name="down" value="${String(!isDown)}">Switch SES ${isDown ? 'on' : 'off'}</button>
</form>`,
    html`${
      emails.length === 0
        ? html`<p>No email has arrived.</p>`
        : html`<ul>${emails.map(
            (email) => html`<li><a href="/emails/${email.id}">
<span class="region">${email.region}</span><span>${email.subject}</span>${time(email.at)}
<span class="to">${email.to}</span></a></li>`,
          )}</ul>`
    }
<p>Emails to a domain under <code>.invalid</code> bounce, and so do those to
<code>bounce@simulator.amazonses.com</code>, the mailbox simulator of SES.</p>`,
  );

/** Links of an email open in place of the page, and not inside the frame it is shown in. */
const withLinksOnTop = (email: string): string => {
  const base = '<base target="_top">';
  return email.includes('<head>') ? email.replace('<head>', `<head>${base}`) : base + email;
};

/** One email, as a mail program would show it and as text. */
export const emailPage = (email: Email, canComplain: boolean): string =>
  layout(
    email.subject,
    html`<h1>${email.subject}</h1><a href="/">All emails</a>`,
    html`<dl><dt>To</dt><dd>${email.to}</dd><dt>From</dt><dd>${email.from}</dd>
<dt>Sent</dt><dd>${time(email.at)}</dd><dt>Region</dt><dd>${email.region}</dd></dl>
<iframe title="The email" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
 srcdoc="${withLinksOnTop(email.html)}"></iframe>
<pre>${email.text}</pre>
${
  canComplain
    ? html`<form method="post" action="/emails/${email.id}/complaint"><button>Report as spam</button></form>`
    : ''
}<script src="/fit.js" defer></script>`,
  );
