import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StaffApi } from '../../../functions/staff-console/session/signed-in.ts';
import { StaffProblem } from '../../../shared/api/client.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { stepForm } from '../../support/forms.ts';
import { fiveHundred } from '../../support/import-list.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies('AU');
});

/** A person's browser on the import page. */
const visitor = async (api: StaffApi, scopes = tokensAt(0).scopes) => {
  const console = consoleOn(deps, { api });
  const cookie = await console.signIn({ ...tokensAt(deps.now()), scopes });
  const ask = (form?: Record<string, string>) =>
    console.ask('/staff-console/import', { form, cookie });
  return {
    ask,
    look: (csv: string) => ask({ step: 'check', csv }),
    /** Presses *Send* or *Continue* of a page, and gives the next one. */
    send: (page: { readonly body: string }) => ask(stepForm(page.body, 'send')),
    report: async (page: { readonly body: string }) => {
      const { headers, body } = await ask(stepForm(page.body, 'report'));
      return { headers, records: parse(body) };
    },
  };
};
type Visitor = Awaited<ReturnType<typeof visitor>>;

/** Presses *Continue* until there is nothing to continue with. */
const sendAll = async (browser: Visitor, csv: string) => {
  let page = await browser.look(csv);
  const pages = [];
  while (stepForm(page.body, 'send')) {
    page = await browser.send(page);
    pages.push(page);
  }
  return { page, pages };
};

const titles = 'contactId,email,name\n';
const good = (number: number) => `N-${number},person${number}@example.com,Person ${number}`;
const listOf = (count: number) =>
  titles + Array.from({ length: count }, (_, index) => good(index)).join('\n');

describe('the import page', () => {
  it('reports 500 rows with 20 bad ones of ten kinds exactly, and changes nothing again', async () => {
    const api = staffApiOn(deps);
    const list = fiveHundred('a');
    for (const { contactId, ...body } of list.known) {
      await api('POST /staff/contacts/{contactId}/invitation', { contactId, body });
    }
    const written = deps.images.length;
    const browser = await visitor(api);
    const looked = await browser.look(list.csv);
    expect(looked.status).toBe(200);
    expect(looked.body).toContain('500 rows looked at, nothing sent.');
    // What only the portal knows is found when the row is sent.
    expect(looked.body).toContain('484 rows can be sent.');
    expect(looked.body).toContain('16 rows can’t be sent.');
    expect(looked.body).toContain('Send 484 invitations');
    expect(deps.images.filter((image) => JSON.stringify(image).includes('person0.a@'))).toEqual([]);

    const { page, pages } = await sendAll(browser, list.csv);
    expect(pages).toHaveLength(5);
    expect(pages[0]?.body).toContain('116 of 500 rows done.');
    expect(pages[0]?.body).toContain('Continue with the remaining 384');
    expect(page.body).toContain('Finished: every row has its outcome.');
    const { headers, records } = await browser.report(page);
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Content-Disposition': 'attachment; filename="import-report.csv"',
    });
    list.expectReport(records, /^invited$/);
    expect(deps.images.length).toBeGreaterThan(written + 480);

    const before = deps.images.filter(({ pk }) => !JSON.stringify(pk).includes('STAFF')).length;
    const again = await sendAll(browser, list.csv);
    expect(again.page.body).toContain('Nothing was changed');
    expect(again.page.body).not.toContain('Finished');
    list.expectReport((await browser.report(again.page)).records, /^unchanged$/);
    expect(deps.images.filter(({ pk }) => !JSON.stringify(pk).includes('STAFF'))).toHaveLength(
      before,
    );
  }, 180_000);

  it('warns of slips and of what is there twice, by line', async () => {
    const browser = await visitor(staffApiOn(deps));
    const csv = 'contactId;email;name\r\nC-1;jane@gmial.com;Jane\r\nC-1;joe@example.com;Joe\r\n';
    const { body } = await browser.look(csv);
    expect(body).toContain('2 rows with a warning');
    expect(body).toContain('Domain looks mistyped: gmail.com?');
    expect(body).toContain('Same contact as line 2');
  });

  it.each([
    ['nothing', '', 'The list is empty.'],
    ['no titles', 'a,b\nc,d\n', 'The first line must have the titles'],
    ['5,001 rows', listOf(5001), 'This list is too long'],
    [
      'half a mebibyte',
      `${titles}C-1,a@example.com,${'x'.repeat(600_000)}`,
      'This list is too long',
    ],
  ])('says beside the list what is wrong with %s', async (_, csv, words) => {
    const { status, body } = await (await visitor(staffApiOn(deps))).look(csv);
    expect(status).toBe(400);
    expect(body).toContain(`<p class="problem" id="csv-problem">${words}`);
    expect(stepForm(body, 'send')).toBeUndefined();
  });

  it.each([
    ['429', new StaffProblem('Too many.', { status: 429, code: 'too_many_attempts' }, 120), 429],
    ['503', new StaffProblem('Not now.', { status: 503, code: 'try_again' }, 120), 503],
    ['silence', new DOMException('late', 'TimeoutError'), 503],
  ])('loses nothing to a %s in the middle', async (_, trouble, status) => {
    const real = staffApiOn(deps);
    let calls = 0;
    const api = (async (...given: Parameters<StaffApi>) => {
      calls += 1;
      if (calls === 2) throw trouble;
      return real(...given);
    }) as StaffApi;
    const browser = await visitor(api);
    const first = await browser.send(await browser.look(listOf(150)));
    const stopped = await browser.send(first);
    expect(stopped.status).toBe(status);
    expect(stopped.body).toContain('100 rows done, 50 left.');
    expect(stopped.body).toMatch(/Continue in (?:2 minutes|5 seconds)\./);
    const { body } = await browser.send(stopped);
    expect(body).toContain('150 of 150 rows done.');
    expect(body).toContain('<dt>Invited</dt><dd>150</dd>');
  });

  it('keeps rows that are refused for now', async () => {
    deps = await newDependencies('AU', undefined, {
      staffEmailsPerDay: { actor: 10, region: 100 },
    });
    const browser = await visitor(staffApiOn(deps));
    const full = await browser.send(await browser.look(listOf(12)));
    expect(full.body).toContain('9 of 12 rows done.');
    expect(full.body).toContain('after midnight UTC');
    deps.pass(24 * 60 * 60);
    const next = await visitor(staffApiOn(deps));
    expect((await next.send(full)).body).toContain('12 of 12 rows done.');
  });

  it('is not for who may only look', async () => {
    const asked: unknown[] = [];
    const api = (async (...given: unknown[]) => asked.push(given)) as unknown as StaffApi;
    const browser = await visitor(api, ['portal/read']);
    for (const form of [undefined, { step: 'send', csv: listOf(2) }]) {
      const { status, body } = await browser.ask(form);
      expect(status).toBe(403);
      expect(body).toContain('You may not import');
      expect(body).not.toContain('<textarea');
    }
    expect(asked).toEqual([]);
  });

  it('takes up to 1 MiB, and a report without formulas', async () => {
    const browser = await visitor(staffApiOn(deps));
    const big = { step: 'report', csv: listOf(4), sent: ' '.repeat(1024 * 1024) };
    expect((await browser.ask(big)).status).toBe(413);
    const { body } = await browser.ask({
      step: 'report',
      csv: `${titles}=1+1,a@example.com,Ann\n`,
    });
    expect(body).toContain("'=1+1");
    const tampered = await browser.ask({ step: 'send', csv: listOf(4), sent: '[[2,"done",""]]' });
    expect(tampered.status).toBe(400);
  });
});
