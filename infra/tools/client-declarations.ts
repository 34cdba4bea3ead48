import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { staffDocument } from '../../shared/api/openapi/staff.ts';

type Schema = JSONSchema;

/** As much of the OpenAPI document as the types are made from. */
type Operation = {
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly {
    readonly $ref?: string;
    readonly in?: string;
    readonly name?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
type Content = { readonly 'application/json': { readonly schema: Schema } };
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const objectOf = (properties: Record<string, Schema>, required: string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const requestOf = ({ parameters, requestBody }: Operation): Schema => {
  const refers = (name: string) => parameters.some(({ $ref }) => $ref?.endsWith(`/${name}`));
  const query = parameters.filter((one) => one.in === 'query');
  const fields = query.map(({ name = '', schema = {} }) => [name, schema] as const);
  return objectOf(
    {
      ...(refers('contactId') && { contactId: { type: 'string' } }),
      ...(requestBody && { body: requestBody.content['application/json'].schema }),
      ...(query.length > 0 && { query: objectOf(Object.fromEntries(fields), []) }),
      ...(refers('idempotencyKey') && { idempotencyKey: { type: 'string' } }),
    },
    [...(refers('contactId') ? ['contactId'] : []), ...(requestBody?.required ? ['body'] : [])],
  );
};

/** The answer of what went well: every call has one form of it. */
const responseOf = ({ responses }: Operation): Schema => {
  const [, response] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  return response?.content?.['application/json'].schema ?? { tsType: 'undefined' };
};

/** `client-calls.d.ts` of the installed client: the types of `client-calls.ts`, written out. */
export const declareCalls = async (): Promise<string> => {
  const { paths, components } = staffDocument([], '') as unknown as Document;
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const call = { request: requestOf(operation), response: responseOf(operation) };
      const description = `${operation.summary} ${operation.description}`;
      const schema = { ...objectOf(call, Object.keys(call)), description };
      return [`${method.toUpperCase()} ${path}`, schema] as const;
    }),
  );
  const named = Object.entries(components.schemas).map(
    ([title, schema]) => [title, { ...schema, title }] as const,
  );
  const root = {
    ...objectOf(
      Object.fromEntries(calls),
      calls.map(([name]) => name),
    ),
    description: 'What every call takes and answers.',
    components: { schemas: Object.fromEntries(named) },
    // Not a call's: named here so that it is declared.
    definitions: { Problem: { $ref: '#/components/schemas/Problem' } },
  };
  return compile(root, 'ClientCalls', {
    additionalProperties: false,
    bannerComment: '/** Made by the build from the schemas that validate every call. */',
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 100 },
  });
};
