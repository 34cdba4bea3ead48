import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dependencies } from '../../../functions/webhook/handle-record.ts';
import { pipeline } from '../../../functions/webhook/index.ts';
import { receiverAt } from '../../../functions/webhook/post.ts';
import { base } from '../../../infra/stacks/configuration/stages.ts';
import type { PortalEvent } from '../../../shared/events/event.ts';
import { closedPort, silentServer } from '../../shared/aws/endpoint.ts';
import { captureLog, counted } from '../../support/log-lines.ts';

const secrets = ['current', 'previous'].map(
  (name) => `whsec_${Buffer.from(name.padEnd(32, '.')).toString('base64')}`,
);
const now = Date.now();
const minute = 60_000;

const event: PortalEvent = {
  id: 'e-1',
  type: 'email.bounced',
  timestamp: '2026-11-28T02:00:00.000Z',
  region: 'AU',
  contactId: 'C-1',
  sequence: 3,
  actor: 'system',
  data: { emailId: 'm-1', kind: 'invitation' },
};

const onBus = (detail: unknown) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'email.bounced',
  source: 'customer-portal',
  account: '111122223333',
  time: '2026-11-28T02:00:00Z',
  region: 'ap-southeast-2',
  resources: [],
  detail,
});

type Message = { readonly body?: string; readonly age?: number };

const eventOf = (messages: readonly Message[]): SQSEvent => ({
  Records: messages.map(({ body, age = 0 }, index) => ({
    messageId: `message-${index}`,
    receiptHandle: `receipt-${index}`,
    body: body ?? JSON.stringify(onBus({ ...event, id: `e-${index}` })),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(now - age),
      SenderId: 'AIDA',
      ApproximateFirstReceiveTimestamp: String(now - age),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-southeast-2:111122223333:webhook',
    awsRegion: 'ap-southeast-2',
  })),
});

type Request = Pick<IncomingMessage, 'method' | 'headers'> & { readonly body: string };
type Reply = { readonly status: number; readonly headers?: Record<string, string> };

/** A CRM that keeps what it was sent, and replies as a test wants. */
const openCrm = async (reply: (request: Request) => Reply = () => ({ status: 204 })) => {
  const requests: Request[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method, headers } = incoming;
    const request = { method, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    const { status, headers: own = {} } = reply(request);
    response.writeHead(status, own).end('an answer that nobody reads');
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, requests };
};

const run = async (url: string, messages: readonly Message[], own: Partial<Dependencies> = {}) => {
  const held: Record<string, number> = {};
  const handler = pipeline({
    now: () => now,
    random: () => 0,
    retries: base.webhookRetries,
    secrets: { find: async () => secrets },
    receiver: receiverAt(url, 5_000),
    queue: {
      hold: async (receipt, seconds) => {
        held[receipt] = seconds;
      },
    },
    ...own,
  });
  const answer = (await handler(eventOf(messages), {} as Context)) as SQSBatchResponse;
  const left = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { left, held };
};

describe('an event', () => {
  it('is sent whole and signed by both secrets, and is done with', async () => {
    const { url, requests } = await openCrm();
    expect(await run(url, [{}])).toEqual({ left: [], held: {} });
    const [{ method, headers, body } = { method: '', headers: {}, body: '' }] = requests;
    expect(method).toBe('POST');
    expect(JSON.parse(body)).toEqual({ ...event, id: 'e-0' });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'customer-portal',
      connection: 'close',
      'webhook-id': 'e-0',
      'webhook-timestamp': String(Math.floor(now / 1_000)),
    });
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
        ...event,
        id: 'e-0',
      });
    }
  });

  it('that is not taken is left in the queue, held for longer at each try, and the others are done with', async () => {
    const { url } = await openCrm(({ body }) => ({ status: body.includes('"e-1"') ? 204 : 503 }));
    const answer = await run(url, [{}, { age: minute }, { age: 4 * minute }, { age: 90 * minute }]);
    expect(answer).toEqual({
      left: ['message-0', 'message-2', 'message-3'],
      held: { 'receipt-0': 30, 'receipt-2': 240, 'receipt-3': 3_600 },
    });
  });

  it('has the same id and the same body at every try, and a new time and signature', async () => {
    const { url, requests } = await openCrm(() => ({ status: 500 }));
    await run(url, [{}]);
    await run(url, [{}], { now: () => now + minute });
    const [first, second] = requests;
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(first?.body).toBe(second?.body);
    expect(first?.headers['webhook-timestamp']).not.toBe(second?.headers['webhook-timestamp']);
    expect(first?.headers['webhook-signature']).not.toBe(second?.headers['webhook-signature']);
  });

  it('that says more than its type does is not sent', async () => {
    const { url, requests } = await openCrm();
    const { lines } = captureLog();
    const body = JSON.stringify(onBus({ ...event, data: { email: 'jane@example.com' } }));
    const answer = await run(url, [{ body }, { body: 'no JSON' }]);
    expect(answer.left).toEqual(['message-0', 'message-1']);
    expect(answer.held).toEqual({ 'receipt-0': 30, 'receipt-1': 30 });
    expect(requests).toEqual([]);
    expect(counted(lines)).toEqual({ RecordFailures: 2 });
    expect(JSON.stringify(lines)).not.toContain('jane');
  });
});

describe('a receiver', () => {
  it.each([
    ['asks for two minutes', { status: 503, headers: { 'Retry-After': '120' } }, 120],
    ['asks for less than planned', { status: 429, headers: { 'Retry-After': '1' } }, 30],
    ['asks for a month', { status: 429, headers: { 'Retry-After': '2592000' } }, 3_600],
    ['is gone', { status: 410 }, 3_600],
    ['refuses the signature', { status: 401 }, 30],
  ])('that %s is asked again after %s', async (_, reply, seconds) => {
    const { url } = await openCrm(() => reply);
    expect(await run(url, [{}])).toEqual({
      left: ['message-0'],
      held: { 'receipt-0': seconds },
    });
  });

  it('that leads elsewhere is not followed', async () => {
    const other = await openCrm();
    const { url } = await openCrm(() => ({ status: 307, headers: { Location: other.url } }));
    expect((await run(url, [{}])).left).toEqual(['message-0']);
    expect(other.requests).toEqual([]);
  });

  it('that does not answer, hangs up or is not there: the log names why, and nothing of the event but its contact', async () => {
    const { lines } = captureLog();
    const silent = createServer(() => undefined);
    await new Promise<void>((listening) => {
      silent.listen(0, '127.0.0.1', listening);
    });
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;
    const never = receiverAt(`http://127.0.0.1:${port}`, 50);
    expect((await run('', [{}], { receiver: never })).left).toEqual(['message-0']);
    expect((await run((await silentServer()).url, [{}])).left).toEqual(['message-0']);
    expect((await run(await closedPort(), [{}])).left).toEqual(['message-0']);
    const errors = lines.map(({ error }) => error);
    expect(errors).toEqual([
      'TimeoutError',
      expect.stringMatching(/SOCKET|ECONNRESET/),
      'ECONNREFUSED',
    ]);
    for (const line of lines) {
      expect(Object.keys(line).sort()).toEqual([
        'contactId',
        'error',
        'event',
        'level',
        'timestamp',
      ]);
    }
  });

  it('that sends an endless answer is not read', async () => {
    let isCut = false;
    const server = createServer((_, response) => {
      response.writeHead(200);
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(65_536), more);
      };
      response.on('close', () => {
        isCut = true;
      });
      more();
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const patient = receiverAt(`http://127.0.0.1:${port}`, 600_000);
    expect((await run('', [{}], { receiver: patient })).left).toEqual([]);
    await expect.poll(() => isCut).toBe(true);
  });
});

describe('what is told', () => {
  it('an event is late that is not taken after ten minutes', async () => {
    const { url } = await openCrm(() => ({ status: 503 }));
    const { lines } = captureLog();
    await run(url, [{ age: 10 * minute - 1 }]);
    expect(counted(lines)).toEqual({});
    await run(url, [{ age: 10 * minute }, { age: 60 * minute }]);
    expect(counted(lines)).toEqual({ LateEvents: 2 });
  });

  it('a receiver that is gone is counted at once', async () => {
    const { url } = await openCrm(() => ({ status: 410 }));
    const { lines } = captureLog();
    await run(url, [{}]);
    expect(counted(lines)).toEqual({ WebhookGone: 1 });
  });

  it('an event that cannot be signed waits like the others', async () => {
    const { url, requests } = await openCrm();
    const { lines } = captureLog();
    const find = () => Promise.reject(new Error('no secret: whsec_abc'));
    expect(await run(url, [{ age: 2 * minute }], { secrets: { find } })).toEqual({
      left: ['message-0'],
      held: { 'receipt-0': 120 },
    });
    expect(requests).toEqual([]);
    expect(counted(lines)).toEqual({ RecordFailures: 1 });
    expect(JSON.stringify(lines)).not.toContain('whsec_');
  });

  it('a message that the queue cannot hold is still left in it', async () => {
    const { url } = await openCrm(() => ({ status: 503 }));
    const hold = () => Promise.reject(new Error('throttled'));
    expect((await run(url, [{}], { queue: { hold } })).left).toEqual(['message-0']);
  });
});
