import middy from '@middy/core';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { jsonBody } from '../../functions/middleware/json-body.ts';
import { refuse } from '../../shared/core/refusal.ts';

const headers = { 'content-type': 'application/json' };
const parsed = (body: string | null) =>
  middy<APIGatewayProxyEvent, unknown>()
    .use(jsonBody())
    .handler(async (event) => event.body)(
    { headers, body } as unknown as APIGatewayProxyEvent,
    {} as Context,
  );

it.each(['null', '0', 'false', '""'])('%s is a body, and no object', async (body) => {
  const errors = [{ path: '', message: 'must be an object' }];
  await expect(parsed(body)).rejects.toEqual(refuse('invalid_request', { errors }));
});

it.each([
  [null, null],
  ['', ''],
  ['{"email":"a@example.com"}', { email: 'a@example.com' }],
])('%s is read as %s', async (body, value) => {
  expect(await parsed(body)).toEqual(value);
});
