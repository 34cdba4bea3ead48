import assert from 'node:assert/strict';
import { type Chapter, type Document, NotCheckable } from '../../sentence.ts';
import type { Target } from '../../target.ts';

const guide = (title: string, page: string): Document => ({
  title: `WAF Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/waf/latest/developerguide/${page}.html`,
});
const components = guide('Request components in AWS WAF', 'waf-rule-statement-fields-list');
const transformations = guide(
  'Using text transformations in AWS WAF',
  'waf-rule-statement-transformation',
);
const custom = guide(
  'Sending custom responses for Block actions',
  'customizing-the-response-for-blocked-requests',
);
const accountOnly = 'the local run has no firewall';

/** More than the firewall lets through to a public path; harmless, since nothing reads it. */
const tooLarge = 'x'.repeat(17 * 1_024);

/** Asks the deployed portal of the row, behind its firewall and under its own domain. */
const post = async ({ row }: Target, path: string): Promise<Response> => {
  try {
    return await fetch(row.region.origin + path, {
      method: 'POST',
      body: tooLarge,
      redirect: 'manual',
      headers: { 'Content-Type': 'text/plain' },
    });
  } catch (error) {
    throw new NotCheckable(`nothing answers at ${row.region.origin}`, { cause: error });
  }
};

/** That the answer is the firewall's: a function's would hold the request's id. */
const isForPrograms = async (response: Response): Promise<void> => {
  assert.equal(response.status, 413);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const problem = (await response.json()) as { code?: string; requestId?: string };
  assert.equal(problem.code, 'payload_too_large');
  assert.equal(problem.requestId, undefined);
};

export const firewall: Chapter = {
  title: 'WAF: the firewall in front of a deployed portal',
  sentences: [
    {
      says: "The firewall's rules see the path as the portal's host was asked for it, without the stage: a program's path is answered in JSON",
      document: components,
      accountOnly,
      check: async (target) => isForPrograms(await post(target, '/api/sessions')),
    },
    {
      says: "A page's path is answered as a page",
      document: custom,
      accountOnly,
      check: async (target) => {
        const response = await post(target, '/login');
        assert.equal(response.status, 413);
        assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
        assert.match(await response.text(), /^<!doctype html>/);
      },
    },
    {
      says: 'URL_DECODE and NORMALIZE_PATH leave no other spelling of a path',
      document: transformations,
      accountOnly,
      check: async (target) => {
        for (const path of ['/%61pi/sessions', '//api/sessions', '/api//sessions']) {
          await isForPrograms(await post(target, path));
        }
      },
    },
    {
      says: 'A block sends the headers that the rule names',
      document: custom,
      accountOnly,
      check: async (target) => {
        const { headers } = await post(target, '/login');
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
        assert.ok(headers.get('content-security-policy'));
      },
    },
  ],
};
