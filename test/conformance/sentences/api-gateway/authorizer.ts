import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Chapter } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { guide } from './documents.ts';
import { echoed } from './echoed.ts';

const use = guide('Use API Gateway Lambda authorizers', 'apigateway-use-lambda-authorizer');
const output = guide(
  'Output from an API Gateway Lambda authorizer',
  'api-gateway-lambda-authorizer-output',
);
const configure = guide(
  'Configure an API Gateway Lambda authorizer',
  'configure-api-gateway-lambda-authorization',
);

/** A token of which the authorizer makes the verdict, another one each time. */
const token = (verdict: string) => ({
  Authorization: `Bearer ${verdict}.${randomUUID()}.x`,
});
const statusOf = async (target: Target, init: RequestInit, path = 'staff/1') =>
  (await target.call(path, init)).status;
const decisionOf = async (target: Target, init: RequestInit, path = 'staff/1') =>
  (await echoed(target, path, init)).requestContext.authorizer?.['decision'];

export const authorizer: Chapter = {
  title: 'API Gateway: the authorizer',
  sentences: [
    {
      says: 'Without a token, or with one that the validation expression refuses, the answer is 401 and the function is not asked',
      document: configure,
      check: async (target) => {
        assert.equal(await statusOf(target, {}), 401);
        for (const Authorization of ['', 'Basic a.b.c', 'Bearer abc', 'Bearer allow.b.c d']) {
          assert.equal(await statusOf(target, { headers: { Authorization } }), 401);
        }
      },
    },
    {
      says: 'An authorizer that throws `Unauthorized` is 401, and one that throws anything else AUTHORIZER_FAILURE',
      document: use,
      check: async (target) => {
        assert.equal(await statusOf(target, { headers: token('unauthorized') }), 401);
        assert.equal(await statusOf(target, { headers: token('fail') }), 503);
      },
    },
    {
      says: 'An authorizer whose answer holds no policy is AUTHORIZER_CONFIGURATION_ERROR',
      document: output,
      check: async (target) => {
        assert.equal(await statusOf(target, { headers: token('odd') }), 503);
      },
    },
    {
      says: 'A deny, and what no statement allows, is ACCESS_DENIED',
      document: output,
      check: async (target) => {
        assert.equal(await statusOf(target, { headers: token('deny') }), 403);
        assert.equal(await statusOf(target, { method: 'PUT', headers: token('read') }), 403);
        assert.equal(await statusOf(target, { headers: token('read') }), 200);
      },
    },
    {
      says: 'A policy is kept for its token: the next request, on another path and with another method, is measured by the policy that was made for the first',
      document: configure,
      check: async (target) => {
        const headers = token('allow');
        const first = await decisionOf(target, { headers });
        assert.ok(first);
        assert.equal(await decisionOf(target, { headers }, 'staff/2'), first);
        assert.equal(await decisionOf(target, { method: 'PUT', headers }), first);
        assert.notEqual(await decisionOf(target, { headers: token('allow') }), first);
      },
    },
    {
      says: 'A kept policy for some methods refuses another one, without asking the function',
      document: configure,
      check: async (target) => {
        const headers = token('read');
        assert.equal(await statusOf(target, { headers }), 200);
        assert.equal(await statusOf(target, { method: 'PUT', headers }), 403);
        assert.equal(await statusOf(target, { headers }), 200);
      },
    },
    {
      says: "The function is told `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`, and `*` in a policy's resource stands for any text, slashes included",
      document: output,
      check: async (target) => {
        const { requestContext } = await echoed(target, 'staff/a', { headers: token('allow') });
        assert.match(
          String(requestContext.authorizer?.['methodArn']),
          new RegExp(
            `^arn:aws:execute-api:${target.row.awsRegion}:\\d{12}:[^/]+/portal/GET/staff/a$`,
          ),
        );
      },
    },
    {
      says: 'The principal and the context reach the function as `requestContext.authorizer`',
      document: output,
      check: async (target) => {
        const { requestContext } = await echoed(target, 'staff/1', { headers: token('allow') });
        assert.equal(requestContext.authorizer?.['principalId'], 'probe');
        assert.equal(typeof requestContext.authorizer?.['decision'], 'string');
      },
    },
  ],
};
