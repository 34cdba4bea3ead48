import { expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { parse } from '../../functions/http/request.ts';
import { importRequest } from '../../shared/api/import-schema.ts';
import { passwordRequest, signInRequest } from '../../shared/api/public-schema.ts';
import { timelineQuery } from '../../shared/api/read-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';

const row = { contactId: 'C-1' };

it.each([
  [passwordRequest, undefined, ': must be an object and is required'],
  [passwordRequest, [], ': must be an object'],
  [passwordRequest, {}, 'token: must be a string and is required'],
  [passwordRequest, { token: null, password: 'x' }, 'token: must be a string'],
  [signInRequest, { email: 'a@example.com', password: '' }, 'password: must not be empty'],
  [passwordRequest, { token: 'x', password: 'x', more: 1 }, 'more: is not known here'],
  [importRequest, { rows: [] }, 'rows: must not be empty'],
  [importRequest, { rows: Array(101).fill(row) }, 'rows: must be at most 100 items'],
  [importRequest, { rows: [row, 7] }, 'rows.1: must be an object'],
  [timelineQuery, { limit: 'x' }, 'limit: must be a number'],
  [timelineQuery, { limit: '1.5' }, 'limit: must be a whole number'],
  [timelineQuery, { limit: '101' }, 'limit: must be at most 100'],
])('says of a field what is wrong with it (%#)', (schema, value, said) => {
  const answer = parse<z.ZodMiniType>(schema, value);
  const [error] = (isRefusal(answer) && answer.details.errors) || [];
  expect(`${error?.path}: ${error?.message}`).toBe(said);
});
