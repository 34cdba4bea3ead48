import {
  createLocalJWKSet,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { pipeline as Authorizer } from '../../../../functions/staff-authorizer/index.ts';
import { readAssembly } from '../../../../infra/local/emulators/template/assembly.ts';
import { canaryAddress } from '../../../../shared/contact/canary.ts';
import { synthesizedInto } from '../../../support/synthesized.ts';
import { type Alarm, alarmsOf, rings, type State, statesOf } from './cloudwatch.ts';
import {
  accept,
  askForReset,
  denied,
  failing,
  invite,
  join,
  openRegion,
  type Region,
  signIn,
  stack,
  throttled,
  unavailable,
} from './region.ts';

const alarms = new Map<string, Alarm>();
let authorizer: typeof Authorizer;
let strangersToken = '';
let issuersKeys: JWTVerifyGetKey;

const settings = {
  issuer: 'https://issuer.example.com',
  audience: 'portal',
  consoleClient: 'console',
  scopes: { read: 'portal/read', write: 'portal/write' },
};

beforeAll(async () => {
  const folder = await synthesizedInto();
  const names = [stack, `${stack}-mail`];
  for (const one of readAssembly(folder).filter(({ place }) => names.includes(place.name))) {
    for (const alarm of alarmsOf(one)) alarms.set(nameOf(alarm), alarm);
  }
  vi.stubEnv('STAFF_ISSUER', settings.issuer);
  vi.stubEnv('STAFF_AUDIENCE', settings.audience);
  vi.stubEnv('STAFF_KEYS_URL', 'http://127.0.0.1:9/keys');
  vi.stubEnv('STAFF_READ_SCOPE', settings.scopes.read);
  vi.stubEnv('STAFF_WRITE_SCOPE', settings.scopes.write);
  vi.stubEnv('STAFF_CLIENT_ID', settings.consoleClient);
  ({ pipeline: authorizer } = await import('../../../../functions/staff-authorizer/index.ts'));
  const [own, stranger] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  issuersKeys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own' }] });
  strangersToken = await new SignJWT({ scope: 'portal/read portal/write' })
    .setProtectedHeader({ alg: 'RS256', kid: 'own' })
    .setIssuer(settings.issuer)
    .setAudience(settings.audience)
    .setExpirationTime('1h')
    .sign(stranger.privateKey);
});

const nameOf = ({ AlarmDescription }: Alarm): string => AlarmDescription.split('#')[1] ?? '';
const alarmOf = (name: string): Alarm => {
  const alarm = alarms.get(name);
  if (!alarm) throw new Error(`There is no alarm ${name}.`);
  return alarm;
};

const statesIn = (region: Region, name: string): State[] =>
  statesOf(alarmOf(name), region.data, { from: region.startedAt, to: Date.now() });

/** The alarms that told people of trouble. */
const rung = (region: Region): string[] =>
  [...alarms.keys()].filter((name) => rings(alarmOf(name), statesIn(region, name))).sort();

const checkToken = (region: Region, keys: JWTVerifyGetKey, token: string) =>
  region.invoke('staff-authorizer', authorizer({ ...settings, keys }), {
    type: 'TOKEN',
    authorizationToken: `Bearer ${token}`,
    methodArn: 'arn:aws:execute-api:ap-southeast-2:111122223333:api1/portal/GET/staff/contacts/C-1',
  });

const lambda = (name: string) => ({ FunctionName: `${stack}-${name}` });

/** A metric of AWS's own, as the alarm's definition names it. */
const emitFor = (region: Region, name: string, value: number): void => {
  const { Namespace = '', MetricName = '', Dimensions } = alarmOf(name);
  region.emit(Namespace, MetricName, Dimensions, value);
};

type Cause = {
  readonly cause: string;
  readonly happens: (region: Region) => Promise<unknown>;
  /** Alarms that rightly ring with it. */
  readonly also?: readonly string[];
};

const ordinary = async (region: Region): Promise<string> => {
  const email = await join(region, 'jane');
  await region.live(5, () => signIn(region, email));
  return email;
};

/** With an email of which SES has told something that nobody has heard yet. */
const withNews = async (region: Region): Promise<string> => {
  const email = await ordinary(region);
  await askForReset(region, email);
  await region.drain();
  await expect.poll(region.heard, { timeout: 120_000 }).toBeGreaterThan(0);
  return email;
};

/** A record that no version of the code can have written. */
const poison = (region: Region) => {
  region.deps.stream.push({
    eventName: 'MODIFY',
    dynamodb: {
      SequenceNumber: 'poison',
      NewImage: { pk: { S: 'SIGN-INS#x' }, sk: { S: 'SIGN-INS' }, pending: { N: '1' } },
    },
  });
};

const breaking =
  (service: string, action: string, error = denied) =>
  (region: Region) => {
    region.state.broken = (call) =>
      call.service === service && call.action === action ? error() : undefined;
  };

const hourly =
  (name: string, value: number): Cause['happens'] =>
  (region) =>
    region.live(30, () => emitFor(region, name, value));

/** How each promise is broken. */
const causes: Record<string, Cause> = {
  'emails-late': {
    cause: 'SES is switched off for half an hour',
    also: ['emails-refused'],
    happens: async (region) => {
      const email = await ordinary(region);
      breaking('ses', 'SendRawEmail', unavailable)(region);
      await askForReset(region, email);
      await region.live(40);
    },
  },
  'emails-refused': {
    cause: 'SES throttles every email for a quarter of an hour',
    also: ['emails-late'],
    happens: async (region) => {
      const email = await ordinary(region);
      breaking('ses', 'SendRawEmail', throttled)(region);
      await askForReset(region, email);
      await region.live(15);
    },
  },
  'events-refused': {
    cause: 'the event bus fails for an hour',
    happens: async (region) => {
      breaking('events', 'PutEvents', failing)(region);
      await invite(region, 'jane');
      await invite(region, 'joe');
      await region.live(60);
    },
  },
  'outbox-failing': {
    cause: 'a poisoned record',
    happens: (region) => region.live(10, (minute) => minute === 1 && poison(region)),
  },
  'stream-behind': {
    cause: 'the stream is read with a delay of six minutes',
    happens: (region) =>
      region.live(3, () => region.emit('AWS/Lambda', 'IteratorAge', lambda('outbox'), 360_000)),
  },
  'work-given-up': {
    cause: 'a batch over which the function dies eleven times',
    also: ['emails-late', 'outbox-failing'],
    happens: (region) => {
      region.state.isDying = true;
      return region.live(10, (minute) => minute === 1 && poison(region));
    },
  },
  'sweep-stopped': {
    cause: 'the schedule is switched off after half an hour',
    happens: async (region) => {
      await region.live(30);
      await region.live(15, undefined, { isSweeping: false });
    },
  },
  'sweep-failing': {
    cause: 'the table cannot say what is due',
    also: ['sweep-stopped', 'table-failing'],
    happens: async (region) => {
      await ordinary(region);
      breaking('dynamodb', 'Query', failing)(region);
      await region.live(15);
    },
  },
  'resets-not-arriving': {
    cause: "the DNS record of the portal's host is gone",
    happens: async (region) => {
      await region.live(20);
      region.state.isUnreachable = true;
      await region.live(45);
    },
  },
  'sign-in-errors': {
    cause: 'the right to `AdminInitiateAuth` is taken away',
    also: ['calls-refused', 'requests-failing'],
    happens: async (region) => {
      const email = await ordinary(region);
      breaking('cognito-idp', 'AdminInitiateAuth')(region);
      await region.live(10, () => signIn(region, email));
    },
  },
  'passwords-failing': {
    cause: 'Cognito fails at every change of a password',
    happens: async (region) => {
      const people = ['ann', 'bob', 'cyd'];
      for (const one of people) await invite(region, one);
      await region.live(2);
      breaking('cognito-idp', 'AdminCreateUser', failing)(region);
      await region.live(5, (minute) => {
        const one = people[minute];
        return one && accept(region, `${one}@example.com`);
      });
    },
  },
  'staff-locked-out': {
    cause: "the issuer's keys cannot be fetched",
    happens: (region) => {
      const keys = createRemoteJWKSet(new URL('http://127.0.0.1:9/keys'));
      return region.live(5, () => checkToken(region, keys, strangersToken));
    },
  },
  'staff-budget-spent': {
    cause: 'staff ask for more emails than a day has',
    happens: async (region) => {
      Object.assign(region.deps.region.limits.staffEmailsPerDay, { actor: 5, region: 5 });
      await region.live(10, (minute) => invite(region, `client-${minute}`));
    },
  },
  'requests-failing': {
    cause: 'the table fails at every read',
    also: ['email-events-failing', 'email-events-lost', 'sign-in-errors', 'table-failing'],
    happens: async (region) => {
      const email = await withNews(region);
      breaking('dynamodb', 'GetItem', failing)(region);
      await region.live(10, () => signIn(region, email));
    },
  },
  'requests-slow': {
    cause: 'an answer takes five seconds, for twenty minutes',
    happens: (region) => region.live(20, () => emitFor(region, 'requests-slow', 5_000)),
  },
  'certificate-ending': {
    cause: "the certificate's DNS record is gone, so that ACM does not renew it",
    happens: (region) => region.live(5, () => emitFor(region, 'certificate-ending', 20)),
  },
  'calls-refused': {
    cause: 'the right to `DeleteSuppressedDestination` is taken away, and staff lift one address',
    happens: async (region) => {
      await invite(region, 'gone', 'gone@nowhere.invalid');
      await region.live(3);
      breaking('ses', 'DeleteSuppressedDestination')(region);
      await region.ask('staff-write', 'POST /staff/contacts/{contactId}/suppression-removal', {
        contactId: 'gone',
        body: {},
      });
      await region.live(3);
    },
  },
  'table-failing': {
    cause: 'the table fails at every write',
    also: ['email-events-failing', 'email-events-lost', 'requests-failing', 'sign-in-errors'],
    happens: async (region) => {
      const email = await withNews(region);
      breaking('dynamodb', 'PutItem', failing)(region);
      await region.live(10, () => signIn(region, email));
    },
  },
  'functions-throttled': {
    cause: 'reset requests come faster than their function may run',
    happens: (region) =>
      region.live(5, () => region.emit('AWS/Lambda', 'Throttles', lambda('reset-requests'), 40)),
  },
  'table-throttled': {
    cause: 'an index throttles a write of the table',
    happens: (region) =>
      region.live(5, () =>
        region.emit('AWS/DynamoDB', 'ThrottledRequests', {
          TableName: stack,
          Operation: 'PutItem',
        }),
      ),
  },
  'sign-in-quota-near': {
    cause: '100 sign-ins a second',
    happens: (region) =>
      region.live(5, () => {
        for (let count = 0; count < 6_000; count += 1) emitFor(region, 'sign-in-quota-near', 1);
      }),
  },
  'sign-in-throttled': {
    cause: 'Cognito throttles a sign-in',
    happens: (region) => region.live(5, () => emitFor(region, 'sign-in-throttled', 1)),
  },
  'webhook-late': {
    cause: 'the CRM answers every event with 503 for half an hour',
    happens: async (region) => {
      await invite(region, 'jane');
      region.crm.answer = { status: 503 };
      await region.live(30);
    },
  },
  'webhook-gone': {
    cause: 'the CRM answers one event with 410, and the next try with 204',
    happens: async (region) => {
      region.crm.answer = { status: 410 };
      await invite(region, 'jane');
      await region.live(3);
      region.crm.answer = { status: 204 };
      await region.live(90);
    },
  },
  'webhook-stopped': {
    cause: 'the mapping of the queue is switched off for half an hour',
    happens: async (region) => {
      await invite(region, 'jane');
      await region.live(30, undefined, { isMapped: false });
    },
  },
  'webhook-throttled': {
    cause: "the account's functions are at their limit when an event is to be sent",
    happens: (region) =>
      region.live(5, () => region.emit('AWS/Lambda', 'Throttles', lambda('webhook'))),
  },
  'webhook-given-up': {
    cause: 'the CRM does not answer for a day and a half',
    also: ['webhook-late'],
    happens: async (region) => {
      await region.live(1);
      await invite(region, 'jane');
      region.crm.answer = { error: 'ECONNREFUSED' };
      await region.live(36 * 60, undefined, { hasCanary: false });
    },
  },
  'bounces-rising': { cause: '3 % of emails bounce', happens: hourly('bounces-rising', 0.03) },
  'bounces-high': {
    cause: '5 % of emails bounce',
    also: ['bounces-rising'],
    happens: hourly('bounces-high', 0.05),
  },
  'complaints-rising': {
    cause: '0.06 % of emails are reported as spam',
    happens: hourly('complaints-rising', 0.0006),
  },
  'complaints-high': {
    cause: '0.1 % of emails are reported as spam',
    also: ['complaints-rising'],
    happens: hourly('complaints-high', 0.001),
  },
  'emails-near-quota': {
    cause: "42,000 of a day's 50,000 emails are sent",
    happens: (region) => region.live(3, () => emitFor(region, 'emails-near-quota', 14_000)),
  },
  'email-events-lost': {
    cause: 'an event of SES failed three times and lies in the queue',
    happens: (region) =>
      region.live(5, () =>
        region.emit('AWS/SQS', 'ApproximateNumberOfMessagesVisible', {
          QueueName: `${stack}-mail-failed`,
        }),
      ),
  },
  'email-events-failing': {
    cause: 'the table cannot be written to by the function that hears of emails',
    also: ['email-events-lost'],
    happens: async (region) => {
      await invite(region, 'jane');
      await region.drain();
      breaking('dynamodb', 'PutItem', failing)(region);
      await expect.poll(() => region.heard(), { timeout: 120_000 }).toBeGreaterThan(1);
      await region.live(3);
    },
  },
};

it('every alarm has a cause of its own', () => {
  expect(Object.keys(causes).sort()).toEqual([...alarms.keys()].sort());
});

describe.each(Object.entries(causes))('%s', (name, { cause, happens, also = [] }) => {
  it(`rings: ${cause}`, async () => {
    const region = await openRegion();
    await happens(region);
    expect(rung(region)).toEqual([name, ...also].sort());
  });
});

it('emails-late stays on while SES is down, and ends when emails leave again', async () => {
  const region = await openRegion();
  await causes['emails-late']?.happens(region);
  const whileDown = statesIn(region, 'emails-late');
  expect(whileDown.slice(whileDown.indexOf('ALARM'))).not.toContain('OK');
  region.state.broken = () => undefined;
  await region.live(45);
  expect(statesIn(region, 'emails-late').at(-1)).toBe('OK');
});

it('webhook-late stays on while the CRM takes nothing, however rarely it is asked, and ends when it does', async () => {
  const region = await openRegion();
  await invite(region, 'jane');
  region.crm.answer = { status: 503 };
  await region.live(4 * 60);
  const whileDown = statesIn(region, 'webhook-late');
  expect(whileDown.slice(whileDown.indexOf('ALARM'))).not.toContain('OK');
  region.crm.answer = { status: 204 };
  await region.live(3 * 60);
  expect(statesIn(region, 'webhook-late').at(-1)).toBe('OK');
});

it('nothing rings while the CRM is away for five minutes', async () => {
  const region = await openRegion();
  await invite(region, 'jane');
  region.crm.answer = { status: 502 };
  await region.live(5);
  region.crm.answer = { status: 204 };
  await region.live(30);
  expect(rung(region)).toEqual([]);
});

it('resets-not-arriving rings while SES is down, and ends when a reset arrives again', async () => {
  const region = await openRegion();
  await region.live(20);
  breaking('ses', 'SendRawEmail', unavailable)(region);
  await region.live(45);
  expect(rung(region)).toEqual(['emails-late', 'emails-refused', 'resets-not-arriving']);
  region.state.broken = () => undefined;
  await region.live(45);
  expect(statesIn(region, 'resets-not-arriving').at(-1)).toBe('OK');
});

it('resets-not-arriving rings when the canary does not run', async () => {
  const region = await openRegion();
  await region.live(50);
  await region.live(90, undefined, { hasCanary: false });
  expect(rung(region)).toEqual(['resets-not-arriving']);
});

it('nothing rings on a good day, from the first minute of a new region on', async () => {
  const region = await openRegion();
  const people = ['ann', 'bob', 'cyd', 'dan'];
  for (const one of people) {
    const email = await join(region, one);
    await region.live(3, () => signIn(region, email));
    await signIn(region, email, 'not the right one');
    await askForReset(region, email);
    await region.live(4);
    await region.ask('staff-read', 'GET /staff/contacts/{contactId}/diagnosis', { contactId: one });
    await checkToken(region, issuersKeys, 'not a token');
  }
  await invite(region, 'gone', 'bounce@simulator.amazonses.com');
  await region.live(20);
  emitFor(region, 'certificate-ending', 190);
  emitFor(region, 'bounces-high', 0.004);
  emitFor(region, 'complaints-high', 0.0001);
  emitFor(region, 'emails-near-quota', 900);
  await region.live(5);
  expect(rung(region)).toEqual([]);
});

it('nothing rings for a stranger who can only send bad tokens, bad passwords and requests', async () => {
  const region = await openRegion();
  const email = await ordinary(region);
  await region.live(30, async (minute) => {
    for (const token of ['', 'x', `${strangersToken}x`, strangersToken]) {
      await checkToken(region, issuersKeys, token);
    }
    for (const typed of ['', 'guess', 'x'.repeat(3_000)]) {
      await signIn(region, email, typed);
      await signIn(region, `guess.${minute}@example.com`, typed);
    }
    for (const one of [email, `${canaryAddress.start}${minute}${canaryAddress.end}`]) {
      await askForReset(region, one);
    }
    await region.ask('credentials', 'POST /api/password-resets', {
      body: { token: 'C-1.guess', password: 'a password to try' },
    });
  });
  expect(rung(region)).toEqual([]);
});

it('a flood of reset requests is told as what it is, and as nothing else', async () => {
  const region = await openRegion();
  await region.live(10, () => {
    for (let count = 0; count < 50; count += 1) {
      region.emit('AWS/Lambda', 'Throttles', lambda('reset-requests'));
      region.emit('AWS/ApiGateway', '5XXError', { ApiName: stack });
    }
  });
  expect(rung(region)).toEqual(['functions-throttled']);
});

it('stands in docs/alarms.md', async () => {
  const rows = Object.entries(causes).map(([name, { cause, also = [] }]) => {
    const noticed = alarmOf(name).AlarmDescription.split(' Runbook:')[0];
    const others = also.map((other) => `\`${other}\``).join(', ');
    return `| [\`${name}\`](operations.md#${name}) | ${noticed} | ${cause} | ${others} |`;
  });
  const page = [
    '# Every alarm, and how it was made to ring',
    '',
    'Written by `test/infra/stacks/alarms/alarms.test.ts` (`vitest run -u`). Each promise is broken by its',
    "cause, and the alarm's own definition is evaluated over what the functions and AWS then told",
    'CloudWatch: exactly these alarms rang. None rang on a good day, from the first minute of a new',
    'region on, nor while a stranger sent bad tokens, bad passwords and reset requests for half an hour. A',
    'flood of reset requests rings `functions-throttled` and nothing else.',
    '',
    '| alarm | what a client or staff notice | cause | rang too |',
    '|---|---|---|---|',
    ...rows,
    '',
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../../../docs/alarms.md');
});
