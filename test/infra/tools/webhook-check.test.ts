import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookCheck } from '../../../infra/tools/preflight/webhook-check.ts';

/** A CRM that answers what the path says. */
const serve = async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.method} ${request.headers['webhook-id'] ?? 'without a signature'}`);
    const status = Number(request.url?.slice(1));
    response
      .writeHead(status, status === 308 ? { Location: 'https://crm.example.com/' } : {})
      .end();
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, cert, asked, host: `localhost:${port}` };
};

let crm: Awaited<ReturnType<typeof serve>>;
const trusted = getCACertificates();
beforeAll(async () => {
  crm = await serve();
  setDefaultCACertificates([...trusted, crm.cert]);
});
afterAll(() => {
  setDefaultCACertificates(trusted);
  crm.server.closeAllConnections();
  crm.server.close();
});

const check = (path: string) => webhookCheck({ webhook: { url: `https://${crm.host}/${path}` } });

describe("the preflight of a region's webhook", () => {
  it.each([204, 401, 405])('is fine with an answer of %i, and sends no event', async (status) => {
    expect(await check(String(status))).toEqual({ kind: 'fine', what: `webhook of ${crm.host}` });
    expect(new Set(crm.asked)).toEqual(new Set(['HEAD without a signature']));
  });

  it.each([
    ['308', 'todo', 'leads elsewhere (308)'],
    ['410', 'todo', 'is gone (410)'],
    ['503', 'note', 'answers 503'],
  ])('says what to do about %s', async (path, kind, say) => {
    expect(await check(path)).toMatchObject({ kind, say: expect.stringContaining(say) });
  });

  it.each([
    ['a name that nobody knows', 'https://crm.invalid/', /ENOTFOUND|EAI_AGAIN/],
    [
      'a certificate of another name',
      () => `https://127.0.0.1:${crm.host.split(':')[1]}/204`,
      /ERR_TLS_CERT_ALTNAME_INVALID/,
    ],
  ])('says so of %s', async (_, url, why) => {
    const found = await webhookCheck({ webhook: { url: typeof url === 'string' ? url : url() } });
    expect(found).toMatchObject({ kind: 'todo', say: expect.stringMatching(why) });
  });

  it('says so of a host where nobody listens', async () => {
    const gone = await serve();
    gone.server.close();
    await once(gone.server, 'close');
    expect(await webhookCheck({ webhook: { url: `https://${gone.host}/` } })).toMatchObject({
      kind: 'todo',
      say: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is silent where no events are sent', async () => {
    expect(await webhookCheck({})).toBeUndefined();
  });
});
