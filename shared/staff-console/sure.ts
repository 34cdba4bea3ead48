import { html } from 'hono/html';
import { copy } from './parts/copy.ts';
import { ofPerson } from './parts/form.ts';
import { layout, type Visit } from './parts/layout.ts';
import { type Notice, refusal } from './parts/notice.ts';
import { contactPath } from './parts/shown.ts';

type SureView = {
  readonly visit: Visit;
  readonly contactId: string;
  readonly press: 'revoke' | 'erase';
  readonly refused?: Notice;
};

/** The page that asks before something is taken away for good. */
export const surePage = ({ visit, contactId, press, refused }: SureView): string => {
  const { title, lead } = copy.sure[press];
  const { isEmbedded, canWrite, region } = visit;
  return layout({
    ...{ region, visit, title, hasProblem: refused !== undefined },
    main: html`<h1>${title} <small>${contactId}</small></h1>
${refused && refusal(refused, isEmbedded)}
<p class="summary">${lead}</p>
${canWrite && html`<form method="post">${ofPerson(visit)}<button type="submit" class="danger">${copy.buttons[press]}</button></form>`}
<p><a href="${contactPath(contactId, { isEmbedded })}">${copy.contact.cancel}</a></p>`,
  });
};
