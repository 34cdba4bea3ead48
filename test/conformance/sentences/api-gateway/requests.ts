import assert from 'node:assert/strict';
import type { Chapter } from '../../sentence.ts';
import { guide } from './documents.ts';
import { echoed } from './echoed.ts';

const proxy = guide('Lambda proxy integrations', 'set-up-lambda-proxy-integrations');
const binary = guide(
  'Binary media types for REST APIs in API Gateway',
  'api-gateway-payload-encodings',
);
const notes = guide('Important notes', 'api-gateway-known-issues');
const quotas = guide('Quotas for REST APIs', 'api-gateway-execution-service-limits-table');

const lower = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export const requests: Chapter = {
  title: 'API Gateway: requests and answers of a function',
  sentences: [
    {
      says: 'A literal path wins over `{id}`, and that over `{proxy+}`',
      document: guide('API Gateway REST API methods', 'how-to-method-settings'),
      check: async (target) => {
        assert.equal((await echoed(target, 'things/new')).resource, '/things/new');
        assert.equal((await echoed(target, 'things/7')).resource, '/things/{id}');
        assert.equal((await echoed(target, 'things/7/parts')).resource, '/{proxy+}');
      },
    },
    {
      says: 'A path and its parameters are handed on as they were asked for, still encoded',
      document: {
        title: 'serverless/serverless#5037, pathParameters should be uri decoded',
        url: 'https://github.com/serverless/serverless/issues/5037',
      },
      check: async (target) => {
        const { path, pathParameters } = await echoed(target, 'things/a%20b');
        assert.equal(pathParameters?.['id'], 'a%20b');
        assert.equal(path, '/things/a%20b');
      },
    },
    {
      says: 'A repeated query parameter arrives whole in the multi-value field, its last value in the single one',
      document: proxy,
      check: async (target) => {
        const event = await echoed(target, 'echo?colour=blue&colour=red&size=');
        assert.deepEqual(event.multiValueQueryStringParameters?.['colour'], ['blue', 'red']);
        assert.equal(event.queryStringParameters?.['colour'], 'red');
        assert.equal(event.queryStringParameters?.['size'], '');
      },
    },
    {
      says: 'Without a query or path parameters, those fields are null',
      document: proxy,
      check: async (target) => {
        const event = await echoed(target, 'echo');
        assert.equal(event.queryStringParameters, null);
        assert.equal(event.pathParameters, null);
        assert.equal(event.bodyLength, null);
      },
    },
    {
      says: "The stage's name is in no path that a function sees",
      document: proxy,
      check: async (target) => {
        assert.equal((await echoed(target, 'echo')).path, '/echo');
      },
    },
    {
      says: "A browser's cookies arrive as one header, and a function's reach it as one Set-Cookie each, by `multiValueHeaders`",
      document: proxy,
      check: async (target) => {
        const { headers } = await echoed(target, 'echo', { headers: { Cookie: 'a=1; b=2' } });
        assert.equal(lower(headers)['cookie'], 'a=1; b=2');
        const response = await target.call('cookies');
        assert.deepEqual(response.headers.getSetCookie(), ['a=1; Path=/', 'b=2; Path=/']);
      },
    },
    {
      says: "A header that stands in both fields of a function's answer is taken from `multiValueHeaders`, and the others are kept",
      document: proxy,
      check: async (target) => {
        const response = await target.call('cookies');
        assert.equal(response.headers.get('x-both'), 'many');
        assert.equal(response.headers.get('x-single'), '1');
      },
    },
    {
      says: 'An answer without a content type is sent as `application/json`',
      document: proxy,
      check: async (target) => {
        const response = await target.call('plain');
        assert.equal(response.headers.get('content-type'), 'application/json');
      },
    },
    {
      says: "A function's own WWW-Authenticate is sent under another name, so that only a gateway response can send it",
      document: notes,
      check: async (target) => {
        const response = await target.call('remapped');
        assert.equal(response.headers.get('www-authenticate'), null);
        assert.equal(response.headers.get('x-amzn-remapped-www-authenticate'), 'Bearer');
      },
    },
    {
      says: "The caller's address is `requestContext.identity.sourceIp`, and stands in `X-Forwarded-For` behind what the caller sent",
      document: proxy,
      check: async (target) => {
        const headers = { 'X-Forwarded-For': '192.0.2.7' };
        const event = await echoed(target, 'echo', { headers });
        const { sourceIp } = event.requestContext.identity;
        const forwarded = String(lower(event.headers)['x-forwarded-for']);
        assert.notEqual(sourceIp, '192.0.2.7');
        // A network in front may stand between the two.
        assert.ok(forwarded.startsWith('192.0.2.7, '), forwarded);
        assert.ok(forwarded.split(', ').includes(sourceIp), forwarded);
      },
    },
    {
      says: 'Where `binaryMediaTypes` is `*/*`, every body arrives in base64, and only a body does',
      document: binary,
      check: async (target) => {
        const body = JSON.stringify({ name: 'Grüße, 王' });
        const headers = { 'Content-Type': 'application/json' };
        const event = await echoed(target, 'echo', { method: 'POST', body, headers });
        assert.equal(event.bodyStart, body);
        assert.equal(event.isBase64Encoded, true);
        assert.equal((await echoed(target, 'echo')).isBase64Encoded, false);
      },
    },
    {
      says: "There, a function's answer in base64 is sent as bytes, whatever is accepted first, and text as text",
      document: binary,
      check: async (target) => {
        for (const Accept of ['image/avif,image/webp,*/*;q=0.8', '*/*', 'text/html']) {
          const headers = { Accept };
          const bytes = await (await target.call('bytes', { headers })).arrayBuffer();
          assert.deepEqual([...new Uint8Array(bytes)], [0x89, 0x50, 0x4e, 0x47], Accept);
          assert.equal(await (await target.call('plain', { headers })).text(), 'x');
        }
      },
    },
    {
      says: 'A body of 1 MiB, an import, reaches the function whole',
      document: quotas,
      check: async (target) => {
        const body = 'x'.repeat(1024 * 1024);
        const event = await echoed(target, 'echo', { method: 'POST', body });
        assert.equal(event.bodyLength, body.length);
      },
    },
    {
      says: 'HEAD is a method of its own: it reaches the function, and its answer has no body',
      document: guide('API Gateway REST API methods', 'how-to-method-settings'),
      check: async (target) => {
        const response = await target.call('echo', { method: 'HEAD' });
        assert.equal(response.status, 200);
        assert.equal(await response.text(), '');
      },
    },
  ],
};
