import { randomUUID } from 'node:crypto';
import { staffClient } from '../../../shared/api/client.ts';
import { type RegionCode, regionCodes } from '../../../shared/core/region.ts';
import type { Answer, Handler } from '../host/http-server.ts';
import type { RunFile } from '../host/run-file.ts';
import { addressBook } from './address-book.ts';
import { contactPage, unknownPage } from './contact-page.ts';
import { contactPath } from './layout.ts';
import { type Call, isWatching, lookAt, noting } from './look.ts';
import { type Notice, Notices, problemIn, type Said } from './notices.ts';
import { isOwnRequest } from './own-requests.ts';
import { isPress, type Press, type PressName, presses } from './presses.ts';
import { style } from './style.ts';

const answer = (status: number, type: string, body: string, more = {}): Answer => ({
  status,
  headers: {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ...more,
  },
  body,
});

const seeOther = (location: string): Answer =>
  answer(303, 'text/plain', '', { Location: location });
const notFound = answer(404, 'text/plain', 'There is nothing here.\n');
const notOurs = answer(403, 'text/plain', 'This did not come from the staff page itself.\n');

type Run = Pick<RunFile, 'regions' | 'mailbox'>;

/** A contact as it is opened, and everything that was asked about it. */
type Opened = { readonly code: RegionCode; readonly contactId: string; readonly calls: Call[] };

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

  /** @param port it is served on */
  handler(port: number): Handler {
    return ({ method = 'GET', url = '/', headers }, body) => {
      if (!isOwnRequest(method, headers, port)) return notOurs;
      const { pathname, searchParams } = new URL(url, 'http://staff');
      const [, region, , contactId, press = ''] = pathname.split('/');
      if (pathname === '/style.css') return answer(200, 'text/css', style);
      const code = regionCodes.find((one) => one === region && this.run.regions[one]);
      if (pathname === '/') return seeOther(`/${Object.keys(this.run.regions)[0]}`);
      if (!code) return notFound;
      if (!contactId) {
        const wanted = searchParams.get('contact') ?? addressBook[0]?.contactId ?? '';
        return seeOther(contactPath(code, wanted));
      }
      const opened = { code, contactId, calls: [] };
      if (method === 'POST') {
        return isPress(press)
          ? this.press(opened, press, new URLSearchParams(String(body)))
          : notFound;
      }
      return press ? notFound : this.draw(opened, this.notices.find(searchParams.get('notice')));
    };
  }

  private api({ code, calls }: Opened) {
    const { portal = '', staffTokens } = this.run.regions[code] ?? {};
    const token = staffTokens?.readWrite ?? '';
    return noting(staffClient({ origin: portal, token, actor: 'you' }), calls);
  }

  private async press(opened: Opened, press: PressName, form: URLSearchParams): Promise<Answer> {
    const { code, contactId } = opened;
    const idempotencyKey = form.get('key') ?? randomUUID();
    const about = { press, typed: Object.fromEntries(form) };
    const { call, done }: Press = presses[press];
    const said = await call(this.api(opened), { contactId, form, idempotencyKey }).then(
      (told): Said => ({
        isDone: true,
        title: done,
        ...(told?.warnings && { warnings: told.warnings }),
      }),
      problemIn,
    );
    const notice = this.notices.keep({ ...about, ...said, calls: opened.calls });
    return seeOther(`${contactPath(code, contactId)}?notice=${notice}`);
  }

  private async draw(opened: Opened, notice: Notice | undefined): Promise<Answer> {
    const { contactId } = opened;
    const portals = Object.fromEntries(
      Object.entries(this.run.regions).map(([one, { portal }]) => [one, portal]),
    );
    const desk = { ...opened, portals, mailbox: this.run.mailbox };
    const looked = await lookAt(this.api(opened), contactId).catch((error: unknown) => ({
      problem: problemIn(error),
    }));
    if ('problem' in looked) return answer(502, 'text/html', unknownPage(desk, looked.problem));
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
    return answer(200, 'text/html', page, isWatched ? { Refresh: '3' } : {});
  }
}
