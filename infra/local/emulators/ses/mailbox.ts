import type { IncomingMessage } from 'node:http';
import { type Answer, json } from '../../host/http-server.ts';
import type { Email, Sent } from './email.ts';
import { emailPage, listPage } from './mailbox-page.ts';

type Settings = {
  readonly save: () => void;
  readonly isDown: () => boolean;
  readonly setDown: (isDown: boolean) => void;
  readonly complain: (sent: Sent) => void;
};

const page = (html: string): Answer => ({
  status: 200,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    // The emails themselves are shown in a frame without scripts.
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'",
  },
  body: html,
});

const seeOther = (location: string): Answer => ({
  status: 303,
  headers: { Location: location },
  body: '',
});

const nothing: Answer = { status: 204, headers: {}, body: '' };
const notFound = json(404, { code: 'not_found' });

/** The emails that arrived, newest first, for tests and for people. */
export class Mailbox {
  private readonly emails: Email[];
  private readonly settings: Settings;
  /** Emails of this run, which can still be complained about. */
  private readonly sent = new Map<string, Sent>();

  constructor(emails: Email[], settings: Settings) {
    this.emails = emails;
    this.settings = settings;
  }

  add(sent: Sent): void {
    const { id, region, to, from, subject, html, text, at } = sent;
    this.emails.unshift({ id, region, to, from, subject, html, text, at });
    this.sent.set(id, sent);
    this.settings.save();
  }

  answer(request: IncomingMessage, body: Buffer): Answer {
    const url = new URL(request.url ?? '/', 'http://mailbox');
    const [, first = '', id = '', part = ''] = url.pathname.split('/');
    const route = `${request.method} /${first}${id ? '/:id' : ''}${part ? `/${part}` : ''}`;
    if (route === 'GET /') {
      return page(listPage(this.emailsTo(url.searchParams.get('to')), this.settings.isDown()));
    }
    if (route === 'GET /emails') return json(200, this.emailsTo(url.searchParams.get('to')));
    if (route === 'DELETE /emails') return this.clear();
    if (route === 'POST /ses') {
      this.settings.setDown(new URLSearchParams(body.toString()).get('down') === 'true');
      return seeOther('/');
    }
    const email = this.emails.find((one) => one.id === id);
    if (!email) return notFound;
    if (route === 'GET /emails/:id') return page(emailPage(email, this.sent.has(id)));
    if (route === 'POST /emails/:id/complaint') return this.complain(id);
    return notFound;
  }

  private emailsTo(to: string | null): readonly Email[] {
    const wanted = to?.toLowerCase();
    return wanted ? this.emails.filter((email) => email.to.toLowerCase() === wanted) : this.emails;
  }

  private clear(): Answer {
    this.emails.length = 0;
    this.settings.save();
    return nothing;
  }

  private complain(id: string): Answer {
    const sent = this.sent.get(id);
    if (sent) this.settings.complain(sent);
    return seeOther('/');
  }
}
