import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};
type Content = {
  readonly schema: {
    readonly properties?: { readonly code?: { readonly enum?: readonly string[] } };
  };
};
type Described = { readonly content?: Record<string, Content> };
type Operation = { readonly responses: Readonly<Record<string, Described>> };
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const file = new URL('../../docs/openapi.json', import.meta.url);
const document: Document = JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'openapi');

const templateOf = (path: string): string =>
  (path.split('?')[0] ?? '').replace(/^(\/staff\/contacts\/)[^/]+/, '$1{contactId}');

const pointer = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

const seen = new Set<string>();

/** Every answer that the document promises, as `METHOD path status code`. */
export const promised = (): string[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) => {
        const codes = Object.values(content).flatMap(
          ({ schema }) => schema.properties?.code?.enum?.map((code) => ` ${code}`) ?? [],
        );
        return (Number(status) < 300 ? [''] : codes).map(
          (code) => `${method.toUpperCase()} ${path} ${status}${code}`,
        );
      }),
    ),
  );

/** Those that were given so far. */
export const given = (): ReadonlySet<string> => seen;

/** Measures an answer against the OpenAPI document. */
export const asPromised = <A extends Answer>(method: string, path: string, answer: A): A => {
  const template = templateOf(path);
  const { status, headers, body } = answer;
  const where = ['paths', template, method.toLowerCase(), 'responses', status] as const;
  const described = document.paths[template]?.[where[2]]?.responses[status];
  expect(described, `${method} ${template} ${status} is described`).toBeDefined();
  const type = headers.get('content-type')?.split(';')[0];
  const content = described?.content;
  if (!content) expect(body).toEqual({});
  for (const known of Object.keys(content ?? {})) {
    expect(type).toBe(known);
    const validate = ajv.getSchema(`openapi#/${pointer(...where, 'content', known, 'schema')}`);
    expect(validate?.(body), JSON.stringify([template, body, validate?.errors])).toBe(true);
  }
  const code = status < 300 ? '' : ` ${body['code']}`;
  seen.add(`${method} ${template} ${status}${code}`);
  return answer;
};
