import assert from 'node:assert/strict';
import type { Chapter } from '../../sentence.ts';
import { guide } from './documents.ts';

const responses = guide(
  'Gateway responses for REST APIs',
  'api-gateway-gatewayResponse-definition',
);
const types = guide('Gateway response types', 'supported-gateway-response-types');
const proxy = guide('Lambda proxy integrations', 'set-up-lambda-proxy-integrations');
const quotas = guide('Quotas for REST APIs', 'api-gateway-execution-service-limits-table');

/** A problem as the product's gateway responses write it: whole JSON, with the request's id in it. */
const problemIn = async (response: Response) => {
  const text = await response.text();
  const problem = JSON.parse(text) as { code?: string; requestId?: string; status?: number };
  assert.match(problem.requestId ?? '', /^[-0-9a-f]{36}$/, text);
  return problem;
};

export const ownAnswers: Chapter = {
  title: 'API Gateway: its own answers',
  sentences: [
    {
      says: "A gateway response's template is filled in by simple substitution, so that `$context.requestId` within quotes is whole JSON",
      document: responses,
      check: async (target) => {
        const response = await target.call('throw');
        assert.equal((await problemIn(response)).code, 'try_again');
      },
    },
    {
      says: "A gateway response's own status and headers are sent, constants without their quotes",
      document: responses,
      check: async (target) => {
        const response = await target.call('staff/1');
        assert.equal(response.status, 401);
        assert.equal(response.headers.get('www-authenticate'), 'Bearer');
        assert.equal(response.headers.get('content-type'), 'application/problem+json');
      },
    },
    {
      says: 'Whoever accepts `text/html` is answered by the template of that type, and anybody else by that of `application/json` (the document has templates by type, and not how one is chosen)',
      document: {
        title: 'API Gateway API Reference, GatewayResponse',
        url: 'https://docs.aws.amazon.com/apigateway/latest/api/API_GatewayResponse.html',
      },
      check: async (target) => {
        const page = await target.call('throw', { headers: { Accept: 'text/html' } });
        assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
        assert.match(await page.text(), /^<!doctype html>/i);
        const other = await target.call('throw', { headers: { Accept: '*/*' } });
        assert.match(other.headers.get('content-type') ?? '', /json/);
      },
    },
    {
      says: 'A function that throws is INTEGRATION_FAILURE',
      document: types,
      check: async (target) => {
        const response = await target.call('throw');
        assert.equal(response.status, 503);
        assert.equal((await problemIn(response)).code, 'try_again');
      },
    },
    {
      says: 'A function whose answer has another form than the proxy integration asks for is answered as a failure',
      document: proxy,
      check: async (target) => {
        const response = await target.call('odd');
        assert.equal(response.status, 503);
        await problemIn(response);
      },
    },
    {
      says: 'A function that reaches its own time limit is answered as a failure and does not keep the caller waiting longer',
      document: types,
      check: async (target) => {
        const response = await target.call('hang');
        assert.equal(response.status, 503);
        await problemIn(response);
      },
    },
    {
      says: "A function slower than the integration's time limit is INTEGRATION_TIMEOUT",
      document: types,
      check: async (target) => {
        const response = await target.call('late');
        assert.equal(response.status, 503);
        assert.equal((await problemIn(response)).code, 'try_again');
      },
    },
    {
      says: 'A function that Lambda throttles is answered as a failure of the server, with the words of the gateway response',
      document: {
        title: "Lambda Developer Guide, 'Configuring reserved concurrency for a function'",
        url: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
      },
      accountOnly: 'the local run starts as many runs of a function as are asked for',
      check: async (target) => {
        const response = await target.call('busy');
        assert.equal(response.status, 503);
        assert.equal((await problemIn(response)).code, 'try_again');
      },
    },
    {
      says: "A method's own throttle answers 429 with the words of the gateway response",
      document: guide('Throttle requests to your REST APIs', 'api-gateway-request-throttling'),
      accountOnly: 'the local run does not throttle',
      check: async (target) => {
        const answers = await Promise.all(
          Array.from({ length: 60 }, () => target.call('throttled')),
        );
        const throttled = answers.find(({ status }) => status === 429);
        assert.ok(throttled, 'none of 60 requests at once was throttled');
        assert.equal((await problemIn(throttled)).code, 'too_many_attempts');
      },
    },
    {
      says: 'A known path never falls through to `{proxy+}` for its method: API Gateway answers MISSING_AUTHENTICATION_TOKEN',
      document: types,
      check: async (target) => {
        const response = await target.call('echo', { method: 'DELETE' });
        assert.equal(response.status, 405);
        assert.equal((await problemIn(response)).code, 'method_not_allowed');
      },
    },
    {
      says: 'With an Authorization header, a method that a known path does not have is refused as a malformed signature (DEFAULT_4XX)',
      document: {
        title:
          're:Post Knowledge Center, "Troubleshoot API Gateway \'Missing Authentication Token\' errors"',
        url: 'https://repost.aws/knowledge-center/api-gateway-authentication-token-errors',
      },
      check: async (target) => {
        const headers = { Authorization: 'Bearer a.b.c' };
        const response = await target.call('echo', { method: 'DELETE', headers });
        assert.equal(response.status, 403);
        assert.equal((await problemIn(response)).code, 'invalid_request');
      },
    },
    {
      says: 'A body over 10 MB is REQUEST_TOO_LARGE, before any function',
      document: quotas,
      check: async (target) => {
        const body = 'x'.repeat(10 * 1024 * 1024 + 1);
        const response = await target.call('echo', { method: 'POST', body });
        assert.equal(response.status, 413);
        assert.equal((await problemIn(response)).code, 'payload_too_large');
      },
    },
  ],
};
