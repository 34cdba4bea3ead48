import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Intercept } from '../../infra/local/emulators/aws-call.ts';
import type { Handler } from '../../infra/local/host/answer.ts';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { documentOf } from './document.ts';
import { type Faulty, faults, nobodyAnswers, yesToEverything } from './faults.ts';
import { startLocalAccount, withLocalTarget } from './local-target.ts';
import { withProbe } from './probe/with-probe.ts';
import { checkAll, checkSentence, type Outcome } from './run-sentences.ts';
import type { Sentence } from './sentence.ts';
import { chapters } from './sentences.ts';
import { polling, type Target } from './target.ts';

const sentences = chapters.flatMap((chapter) => chapter.sentences);
const here = sentences.filter(({ accountOnly }) => accountOnly === undefined);

/** What stands between the probe and the stand-ins at the moment. */
let fault: Faulty | undefined;
const intercept: Intercept = (call, proceed) => fault?.intercept?.(call, proceed) ?? proceed();
const inFrontOf =
  (served: 'api' | 'account', answer: Handler): Handler =>
  (request, body) =>
    fault?.inFrontOf?.[served]?.(request, () => answer(request, body)) ?? answer(request, body);

let target: Target;
let stop: () => void;
let stopped: Promise<void>;
const outcomes = new Map<Sentence, Outcome>();

beforeAll(async () => {
  target = await new Promise<Target>((made, failed) => {
    stopped = withLocalTarget({ faults: { intercept, inFrontOf } }, (one) => {
      made(one);
      return new Promise<void>((done) => {
        stop = done;
      });
    });
    stopped.catch(failed);
  });
  for (const results of (await checkAll(chapters, target)).values()) {
    for (const { sentence, outcome } of results) outcomes.set(sentence, outcome);
  }
});
afterAll(async () => {
  fault = undefined;
  stop?.();
  await stopped;
});

/** A sentence under a fault, without much patience: what is waited for does not come. */
const under = async (one: Faulty, sentence: Sentence): Promise<Outcome> => {
  fault = one;
  try {
    return await checkSentence(sentence, {
      ...target,
      eventually: polling({ seconds: 0.2, everyMs: 20 }),
    });
  } finally {
    fault = undefined;
  }
};

describe('the stand-ins', () => {
  it.each(here.map((sentence) => [sentence.says, sentence] as const))('%s', (_, sentence) => {
    expect(outcomes.get(sentence)).toEqual({ kind: 'kept' });
  });

  it('say of every other sentence why it needs an account', () => {
    for (const sentence of sentences.filter((one) => !here.includes(one))) {
      const outcome = { kind: 'not checkable here', why: sentence.accountOnly };
      expect(outcomes.get(sentence)).toEqual(outcome);
    }
  });
});

describe('no sentence is kept', () => {
  it.each(here.map((sentence) => [sentence.says, sentence] as const))(
    'by a service that says yes to everything, and by one that never answers well: %s',
    async (_, sentence) => {
      const kinds = [];
      for (const one of [yesToEverything, nobodyAnswers]) {
        kinds.push((await under(one, sentence)).kind);
      }
      expect(kinds).toContain('broken');
    },
  );

  it.each(faults.map((one) => [one.what, one] as const))('by %s', async (_, one) => {
    const sentence = here.find(({ says }) => says.startsWith(one.breaks));
    expect(sentence).toBeDefined();
    if (sentence) expect(await under(one, sentence)).toMatchObject({ kind: 'broken' });
  });
});

describe('the list of them', () => {
  it('names each once, with a document of AWS or a public issue', () => {
    expect(new Set(sentences.map(({ says }) => says)).size).toBe(sentences.length);
    for (const { document } of sentences) {
      expect(document.url).toMatch(
        /^https:\/\/(docs\.aws\.amazon\.com|repost\.aws|github\.com\/[^/]+\/[^/]+\/issues)\//,
      );
    }
  });

  it('stands in docs/conformance.md', async () => {
    await expect(documentOf(chapters)).toMatchFileSnapshot('../../docs/conformance.md');
  });
});

const engineer = { accessKeyId: 'engineer', secretAccessKey: 'local' };
const limitExceeded =
  '<ErrorResponse><Error><Code>LimitExceededException</Code><Message>too many stacks</Message></Error></ErrorResponse>';
const rowOfNz = (choice: Parameters<typeof readConfiguration>[0]) => {
  const row = readConfiguration(choice).find(({ region }) => region.code === 'NZ');
  if (!row) throw new Error('The stage has no row for NZ.');
  return row;
};

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (name: string, environment: Readonly<Record<string, string>>) =>
    promisify(execFile)(process.execPath, ['test/conformance/conformance.ts', name], {
      env: { PATH: process.env['PATH'], AWS_EC2_METADATA_DISABLED: 'true', ...environment },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout,
        stderr,
      }),
    );
  const credentials = { AWS_ACCESS_KEY_ID: 'engineer', AWS_SECRET_ACCESS_KEY: 'local' };

  it('says in one sentence that there are no credentials', async () => {
    const { code, stdout, stderr } = await run('dev-au', { HOME: '/nonexistent' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'No usable AWS credentials are found: sign in (aws sso login) and set AWS_PROFILE.\n',
    );
  });

  it('names what it knows when it is asked for anything else', async () => {
    const { code, stderr } = await run('nowhere', {});
    expect(code).toBe(2);
    expect(stderr).toContain('npm run conformance -- dev-au');
  });

  it('checks an account by its own endpoints, counts, and leaves nothing behind', async () => {
    const origin = 'https://customer.portal.invalid'; // Where no firewall can be asked.
    const config = join(folder, 'config.json');
    const sender = 'no-reply@customer.portal.invalid';
    writeFileSync(
      config,
      JSON.stringify({ regions: { NZ: { origin, sender, dmarcReports: 'dmarc@portal.invalid' } } }),
    );
    const standIns = await startLocalAccount(
      rowOfNz({ PORTAL_STAGE: 'dev', PORTAL_CONFIG: config }),
    );
    try {
      const { code, stdout } = await run('dev-nz', {
        ...credentials,
        PORTAL_CONFIG: config,
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1', // Nothing is asked of AWS itself.
        ...standIns.endpoints,
      });
      const lines = stdout.split('\n');
      const said = (kind: string) =>
        sentences.filter(({ says }) =>
          lines.some((line) => line.startsWith(kind) && line.includes(`  ${says}`)),
        );
      const unplayed = sentences.filter((one) => !here.includes(one));
      const ofFirewall = unplayed.filter(({ document }) => document.title.startsWith('WAF'));
      expect(said('not checkable here')).toEqual(ofFirewall);
      expect(said('broken')).toEqual(unplayed.filter((one) => !ofFirewall.includes(one)));
      expect(said('kept')).toEqual(here);
      expect(code).toBe(1);
      expect(standIns.stacks()).toEqual([]);
    } finally {
      await standIns.close();
    }
  });

  it('removes what it made when the making of a stack fails', async () => {
    const row = rowOfNz({ PORTAL_STAGE: 'dev' });
    const seen: string[][] = [];
    const standIns = await startLocalAccount(row, {
      inFrontOf: (_, answer) => (request, body) => {
        const call = body.toString();
        if (call.includes('Action=DeleteStack')) seen.push([...standIns.stacks()]);
        const isMail = call.includes('Action=CreateStack') && /StackName=[^&]+-mail/.test(call);
        return isMail ? { status: 400, headers: {}, body: limitExceeded } : answer(request, body);
      },
    });
    try {
      const made = withProbe(
        {
          row,
          access: { endpoints: standIns.endpoints, credentials: engineer },
          isAws: false,
          patience: { seconds: 1, everyMs: 50 },
          say: () => undefined,
        },
        () => Promise.reject(new Error('nothing is to be checked')),
      );
      await expect(made).rejects.toThrow('too many stacks');
      expect(seen[0]).toHaveLength(3);
      expect(standIns.stacks()).toEqual([]);
    } finally {
      await standIns.close();
    }
  });
});
