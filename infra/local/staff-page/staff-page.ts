import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { staffClient } from '../../../shared/api/client.ts';
import { type RegionCode, regionCodes } from '../../../shared/core/region.ts';
import { localApp } from '../host/local-app.ts';
import type { RunFile } from '../host/run-file.ts';
import { addressBook } from './address-book.ts';
import { contactPage, unknownPage } from './contact-page.ts';
import { contactPath } from './layout.ts';
import { type Call, isWatching, lookAt, noting } from './look.ts';
import { type Notice, Notices, problemIn, type Said } from './notices.ts';
import { isPress, type Press, type PressName, presses } from './presses.ts';
import { style } from './style.ts';

type Run = Pick<RunFile, 'regions' | 'mailbox'>;

/** A contact as it is opened, and everything that was asked about it. */
type Opened = { readonly code: RegionCode; readonly contactId: string; readonly calls: Call[] };

/** A button as it was pressed, with what was typed. */
type Pressed = { readonly press: PressName; readonly typed: Readonly<Record<string, string>> };

/**
 * Plays the tab that staff have in their CRM, so that a local run has both sides. It knows what the
 * staff API says and nothing else. It has a port of its own: the mailbox's server plays SES.
 */
export class StaffPage {
  private readonly run: Run;
  private readonly notices = new Notices();

  constructor(run: Run) {
    this.run = run;
  }

  app() {
    const [first = ''] = Object.keys(this.run.regions);
    const app = localApp({ styleSrc: ["'self'"], imgSrc: ['data:'] });
    app.get('/style.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css' }));
    app.get('/', (context) => context.redirect(`/${first}`, 303));
    app.get('/:region', (context) => {
      const code = this.regionOf(context);
      if (!code) return context.notFound();
      const wanted = context.req.query('contact') ?? addressBook[0]?.contactId ?? '';
      return context.redirect(contactPath(code, wanted), 303);
    });
    app.get('/:region/contacts/:contactId', async (context) => {
      const opened = this.openedBy(context, context.req.param('contactId'));
      const notice = this.notices.find(context.req.query('notice') ?? null);
      return opened ? this.draw(context, opened, notice) : context.notFound();
    });
    app.post('/:region/contacts/:contactId/:press', async (context) => {
      const { contactId, press } = context.req.param();
      const opened = this.openedBy(context, contactId);
      if (!opened || !isPress(press)) return context.notFound();
      const body = await context.req.parseBody();
      const typed = Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, String(value)]),
      );
      const notice = await this.press(opened, { press, typed });
      return context.redirect(`${contactPath(opened.code, contactId)}?notice=${notice}`, 303);
    });
    return app;
  }

  private regionOf({ req }: Context): RegionCode | undefined {
    return regionCodes.find((code) => code === req.param('region') && this.run.regions[code]);
  }

  private openedBy(context: Context, contactId: string): Opened | undefined {
    const code = this.regionOf(context);
    return code && { code, contactId, calls: [] };
  }

  private api({ code, calls }: Opened) {
    const { portal = '', staffTokens } = this.run.regions[code] ?? {};
    const token = staffTokens?.readWrite ?? '';
    return noting(staffClient({ origin: portal, token, actor: 'you' }), calls);
  }

  /** @returns the id of the notice that says what came of it */
  private async press(opened: Opened, pressed: Pressed): Promise<string> {
    const { press, typed } = pressed;
    const { call, done }: Press = presses[press];
    const said = await call(this.api(opened), {
      contactId: opened.contactId,
      form: new URLSearchParams(typed),
      idempotencyKey: typed['key'] ?? randomUUID(),
    }).then((): Said => ({ isDone: true, title: done }), problemIn);
    return this.notices.keep({ ...pressed, ...said, calls: opened.calls });
  }

  private async draw(context: Context, opened: Opened, notice: Notice | undefined) {
    const { contactId } = opened;
    const portals = Object.fromEntries(
      Object.entries(this.run.regions).map(([one, { portal }]) => [one, portal]),
    );
    const desk = { ...opened, portals, mailbox: this.run.mailbox };
    const looked = await lookAt(this.api(opened), contactId).catch((error: unknown) => ({
      problem: problemIn(error),
    }));
    if ('problem' in looked) return context.html(unknownPage(desk, looked.problem), 502);
    // What was refused is to be corrected in peace.
    const isWatched = notice?.isDone !== false && isWatching(looked, Date.now());
    const page = contactPage({
      ...desk,
      ...looked,
      calls: [...(notice?.calls ?? []), ...opened.calls],
      client: addressBook.find((one) => one.contactId === contactId),
      notice,
      idempotencyKey: randomUUID(),
      isWatching: isWatched,
    });
    return context.html(page, 200, isWatched ? { Refresh: '3' } : {});
  }
}
