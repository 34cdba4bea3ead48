import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AwsCall, AwsError } from '../../../infra/local/emulators/aws-call.ts';
import { questionOf } from '../../../infra/local/emulators/iam/question.ts';
import { rolesOf, type Statement } from '../../../infra/local/emulators/iam/roles.ts';
import { readAssembly } from '../../../infra/local/emulators/template/assembly.ts';
import { type Local, startLocal } from '../../../infra/local/local.ts';
import { type FunctionName, functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { Walk } from './walk.ts';

type Seen = { readonly by: string; readonly call: AwsCall; readonly answer: string };

const account = '000000000000';
const seen: Seen[] = [];
/** A reset request of this address stays without an answer. */
const unansweredAddress = 'walker.unanswered@example.com';

const isAbout = (call: AwsCall, email: string): boolean =>
  call.service === 'dynamodb' &&
  (questionOf(call, account).context['dynamodb:LeadingKeys'] ?? []).includes(`REQUEST#${email}`);

const allowed = new Map<FunctionName, string[]>();
let local: Local;
let folder = '';

/** A call or a right, as the table shows it: `PutItem on the table`. */
const words = (action: string, resource: string, only = ''): string => {
  const [, index] = /\/index\/(.+)$/.exec(resource) ?? [];
  const [, set] = /configuration-set\/.*-(\w+)$/.exec(resource) ?? [];
  if (index) return `\`${action}\` on index \`${index}\``;
  if (set) return `\`${action}\` under \`${set}\``;
  if (resource.includes(':identity/')) return `\`${action}\` as the sender`;
  return `\`${action}\`${only && ` on \`${only}\``}`;
};

/** Rights that Lambda itself uses in a function's name; no call of ours shows them. */
const isPlatforms = (action: string) =>
  /^logs:|^sqs:(?!ChangeMessageVisibility)|Stream|GetRecords|GetShardIterator/.test(action);

const rightsIn = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Action, Resource, Condition }) => {
    const keys = [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ''].flat();
    return Action.filter((action) => !isPlatforms(action)).flatMap((action) =>
      Resource.flatMap((resource) => keys.map((key) => words(action, resource, key))),
    );
  });

/** Whether a right to some keys, such as `PutItem` on `REQUEST#*`, is the right to this one. */
const covers = (right: string, key: string, call: string): boolean => {
  const [, keys] = right.startsWith(`${call} on `) ? (/ on `([^`]+)`$/.exec(right) ?? []) : [];
  if (keys === undefined) return false;
  return keys.endsWith('*') ? key.startsWith(keys.slice(0, -1)) : key === keys;
};

const usesOf = (name: FunctionName): string[] => {
  const mine = allowed.get(name) ?? [];
  return seen
    .filter(({ by }) => by === name)
    .flatMap(({ call }) => {
      const { action, resources, context } = questionOf(call, account);
      const keys = context['dynamodb:LeadingKeys'] ?? [''];
      return resources.flatMap((resource) =>
        keys.map((key) => {
          const narrow = mine.find((right) => covers(right, key, words(action, resource)));
          return narrow ?? words(action, resource);
        }),
      );
    });
};

const sorted = (lines: readonly string[]) => [...new Set(lines)].sort();

/** Waits until nothing is going on any more. */
const calm = async () => {
  let before = -1;
  await vi.waitFor(
    () => {
      const now = seen.length;
      const isCalm = before === now;
      before = now;
      expect(isCalm).toBe(true);
    },
    { timeout: 120_000, interval: 400 },
  );
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-rights-'));
  const config = join(folder, 'overrides.json');
  const limits = {
    reminderSeconds: [1],
    // So that an address that was given up is free again within the test's patience.
    claimSeconds: 1,
    leaseSeconds: 5,
    resetEmails: [{ count: 100, seconds: 60 }],
    resends: [{ count: 100, seconds: 60 }],
  };
  await writeFile(config, JSON.stringify({ limits }));
  local = await startLocal({
    port: 0,
    regions: ['NZ'],
    folder,
    config,
    environment: {},
    intercept: async (call, proceed) => {
      const by = local?.callerOf(call.accessKeyId)?.function;
      if (by === 'outbox' && isAbout(call, unansweredAddress)) {
        throw new AwsError('InternalServerError', 'On purpose.');
      }
      const answer = await proceed();
      if (by) seen.push({ by, call, answer: String(answer.body) });
      return answer;
    },
  });
  const stacks = readAssembly(join(folder, 'cdk.out')).filter((stack) =>
    stack.place.name.startsWith('portal-local-nz'),
  );
  for (const stack of stacks) {
    for (const [name, statements] of rolesOf(stack)) {
      const short = name.replace('portal-local-nz-', '') as FunctionName;
      allowed.set(short, sorted(rightsIn(statements)));
    }
  }
  const walk = new Walk(local, 'NZ');
  const jane = walk.someone();
  await walk.invitation(jane);
  await walk.acceptance(jane.email);
  await walk.signIn(jane.email);
  await walk.reset(jane.email, 1);
  await walk.look(jane.contactId);
  await walk.console(jane.contactId);
  await walk.receiverDown(() =>
    seen.some(({ by, call }) => by === 'webhook' && call.service === 'sqs'),
  );
  await walk.everythingElse();
  // The outbox can't answer this request, until the sweep hands it over once more.
  await walk.requestReset(unansweredAddress);
  await vi.waitFor(
    async () => {
      await walk.sweep();
      expect(
        seen.some(
          ({ by, call }) =>
            by === 'sweep' && call.action === 'PutItem' && isAbout(call, unansweredAddress),
        ),
      ).toBe(true);
    },
    { timeout: 120_000, interval: 500 },
  );
  await vi.waitFor(
    async () => {
      await walk.sweep();
      expect(seen.some(({ by, call }) => by === 'outbox' && call.action === 'DeleteItem')).toBe(
        true,
      );
    },
    { timeout: 120_000, interval: 500 },
  );
  await calm();
});

afterAll(async () => {
  await local?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('rights and their use', () => {
  it('covers every function', () => {
    expect([...allowed.keys()].sort()).toEqual([...functionNames].sort());
  });

  it('nothing was refused on the way', () => {
    expect(seen.filter(({ answer }) => answer.includes('AccessDenied'))).toEqual([]);
  });

  it.each(functionNames)('%s uses every right it has, and needs no other', (name) => {
    expect(sorted(usesOf(name))).toEqual(allowed.get(name));
  });

  it('stand in docs/rights.md', async () => {
    const list = (lines: readonly string[] = []) => lines.join('<br>') || 'nothing';
    const rows = functionNames.map(
      (name) => `| \`${name}\` | ${list(allowed.get(name))} | ${list(sorted(usesOf(name)))} |`,
    );
    const page = [
      '# What each function may do, and does',
      '',
      'Allowed: what the synthesized role of a function says. Used: the calls that were seen on a walk',
      'through the local run. Left aside is what Lambda itself does in a function’s name: writing its',
      'logs, reading the stream and the queue, laying failed work aside. Both columns come from',
      '`test/infra/stacks/least-privilege.test.ts`, which fails when they differ; `vitest run -u` writes them.',
      '',
      '| function | allowed | used |',
      '|---|---|---|',
      ...rows,
      '',
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../../../docs/rights.md');
  });
});
