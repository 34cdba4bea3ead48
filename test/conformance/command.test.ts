import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { startLocalAccount } from './local-target.ts';
import { withProbe } from './probe/with-probe.ts';
import type { Sentence } from './sentence.ts';
import { chapters } from './sentences.ts';

// CDK's own rules are for what is deployed: they take seven times as long as the probe itself.
vi.stubEnv('CDK_VALIDATION', 'false');

const sentences = chapters.flatMap((chapter) => chapter.sentences);
const here = sentences.filter(({ accountOnly }) => accountOnly === undefined);
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
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        CDK_VALIDATION: process.env['CDK_VALIDATION'],
        AWS_EC2_METADATA_DISABLED: 'true',
        ...environment,
      },
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

  describe('checks an account by its own endpoints', () => {
    let code: number;
    let lines: readonly string[];
    let left: readonly string[];

    beforeAll(async () => {
      const origin = 'https://customer.portal.invalid'; // Where no firewall can be asked.
      const config = join(folder, 'config.json');
      const sender = 'no-reply@customer.portal.invalid';
      writeFileSync(
        config,
        JSON.stringify({
          regions: { NZ: { origin, sender, dmarcReports: 'dmarc@portal.invalid' } },
        }),
      );
      const standIns = await startLocalAccount(
        rowOfNz({ PORTAL_STAGE: 'dev', PORTAL_CONFIG: config }),
      );
      try {
        const { stdout, ...ended } = await run('dev-nz', {
          ...credentials,
          PORTAL_CONFIG: config,
          AWS_ENDPOINT_URL: 'http://127.0.0.1:1', // Nothing is asked of AWS itself.
          ...standIns.endpoints,
        });
        code = ended.code;
        lines = stdout.split('\n');
        left = standIns.stacks();
      } finally {
        await standIns.close();
      }
    });
    const lineOf = ({ says }: Sentence) => lines.find((line) => line.includes(`  ${says}`));
    const unplayed = sentences.filter((one) => !here.includes(one));
    const ofFirewall = unplayed.filter(({ document }) => document.title.startsWith('WAF'));

    it.each(here.map((sentence) => [sentence.says, sentence] as const))(
      'the stand-ins keep: %s',
      (says, sentence) => {
        expect(lineOf(sentence)).toBe(`${'kept'.padEnd(18)}  ${says}`);
      },
    );

    it('says of every other sentence that it is broken there, or why it cannot be told', () => {
      for (const sentence of unplayed) {
        const kind = ofFirewall.includes(sentence) ? 'not checkable here' : 'broken';
        expect(lineOf(sentence)?.slice(0, 18).trimEnd()).toBe(kind);
      }
    });

    it('counts, and leaves nothing behind', () => {
      expect(lines).toContain(
        [
          `${here.length} kept`,
          `${unplayed.length - ofFirewall.length} broken`,
          `${ofFirewall.length} not checkable here`,
        ].join(', '),
      );
      expect(code).toBe(1);
      expect(left).toEqual([]);
    });
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
