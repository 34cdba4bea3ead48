import * as z from 'zod/mini';
import type { Answer } from '../../host/answer.ts';
import { isBinary } from './binary.ts';
import type { RequestContext } from './context.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);
const proxyResult = z.strictObject({
  statusCode: z.coerce.number().check(z.int(), z.minimum(100), z.maximum(599)),
  headers: z.optional(z.nullable(z.record(z.string(), value))),
  multiValueHeaders: z.optional(z.nullable(z.record(z.string(), z.array(value)))),
  body: z.optional(z.nullable(z.string())),
  isBase64Encoded: z.optional(z.boolean()),
});

/**
 * Headers that a function can't set: API Gateway sends them under another name (Developer Guide,
 * 'Amazon API Gateway important notes').
 */
const remapped = [
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'server',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'www-authenticate',
];

const sentName = (name: string): string =>
  remapped.includes(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;

/**
 * What a function answered, as the client gets it: base64 is decoded for who accepts binary types.
 * @returns undefined for an answer of another form, for which API Gateway answers 502
 */
export const proxyAnswer = (
  result: unknown,
  { api, accept, requestId }: RequestContext,
): Answer | undefined => {
  const read = z.safeParse(proxyResult, result);
  if (!read.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = read.data;
  const sent = new Map<string, readonly [name: string, values: readonly string[]]>([
    ['content-type', ['Content-Type', ['application/json']]],
    ['x-amzn-requestid', ['x-amzn-RequestId', [requestId]]],
  ]);
  const set = (name: string, values: readonly unknown[]) =>
    sent.set(sentName(name).toLowerCase(), [sentName(name), values.map(String)]);
  for (const [name, one] of Object.entries(headers ?? {})) set(name, [one]);
  for (const [name, many] of Object.entries(multiValueHeaders ?? {})) set(name, many);
  return {
    status: statusCode,
    headers: Object.fromEntries(
      [...sent.values()].map(([name, values]) => [
        name,
        values.length === 1 ? (values[0] ?? '') : values,
      ]),
    ),
    body:
      isBase64Encoded && isBinary(api.binaryMediaTypes, accept)
        ? Buffer.from(body ?? '', 'base64')
        : (body ?? ''),
  };
};
