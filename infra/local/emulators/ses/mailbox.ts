import type { Context } from 'hono';
import { localApp } from '../../host/local-app.ts';
import type { Email, Sent } from './email.ts';
import { emailPage, listPage, script } from './mailbox-page.ts';

type Settings = {
  readonly save: () => void;
  readonly isDown: () => boolean;
  readonly setDown: (isDown: boolean) => void;
  readonly complain: (sent: Sent) => void;
};

/** At most this many emails are kept, some 70 MB; the oldest go. */
const most = 10_000;

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
    for (const old of this.emails.splice(most)) this.sent.delete(old.id);
    this.settings.save();
  }

  /** Its pages, and the calls by which a program reads and empties it. */
  app() {
    const { settings } = this;
    const app = localApp({
      styleSrc: ["'unsafe-inline'"], // An email has its styles in itself.
      imgSrc: ['data:'],
      frameSrc: ["'self'"],
      scriptSrc: ["'self'"],
    });
    app.get('/fit.js', (context) =>
      context.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
    );
    app.get('/', (context) => context.html(listPage(this.emailsTo(context), settings.isDown())));
    app.get('/emails', (context) => context.json(this.emailsTo(context)));
    app.delete('/emails', (context) => {
      this.clear();
      return context.body(null, 204);
    });
    app.post('/ses', async (context) => {
      const { down } = await context.req.parseBody();
      settings.setDown(down === 'true');
      return context.redirect('/', 303);
    });
    app.get('/emails/:id', (context) => {
      const email = this.emails.find(({ id }) => id === context.req.param('id'));
      return email ? context.html(emailPage(email, this.sent.has(email.id))) : context.notFound();
    });
    app.post('/emails/:id/complaint', (context) => {
      const sent = this.sent.get(context.req.param('id'));
      if (!sent) return context.notFound();
      settings.complain(sent);
      return context.redirect('/', 303);
    });
    return app;
  }

  private emailsTo({ req }: Context): readonly Email[] {
    const wanted = req.query('to')?.toLowerCase();
    return wanted ? this.emails.filter(({ to }) => to.toLowerCase() === wanted) : this.emails;
  }

  private clear(): void {
    this.emails.length = 0;
    this.sent.clear();
    this.settings.save();
  }
}
