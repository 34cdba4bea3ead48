import * as z from 'zod/mini';
import { type ProblemCode, refusalExample, statusOfProblem, whenRefused } from './refusals.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Messages by the names they have in a document. */
export type NamedSchemas = Readonly<Record<string, z.ZodMiniType>>;

/** One call, as the two APIs' tables have it. */
export type Call = {
  /** `GET /path`. */
  readonly name: string;
  readonly operation: string;
  /** What it does. */
  readonly summary: string;
  /** When to use it, and what follows. */
  readonly description: string;
  readonly query?: z.ZodMiniType | undefined;
  readonly body?: z.ZodMiniType | undefined;
  /** By status; null where the answer has no body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  readonly refusals: readonly ProblemCode[];
  readonly examples: {
    readonly request: { readonly body?: unknown; readonly query?: object };
    readonly answers: readonly { readonly status: number; readonly body?: unknown }[];
  };
  /** Besides those in its path and query. */
  readonly parameters?: readonly Json[];
  readonly security?: readonly Json[];
};

const options = {
  target: 'draft-2020-12',
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }) => {
    // A format says it all; the patterns are how one library checks it.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    delete jsonSchema.$schema;
    delete jsonSchema.$id;
    delete jsonSchema.id;
  },
} as const satisfies z.core.RegistryToJSONSchemaParams;

const refTo = (name: string): string => `#/components/schemas/${name}`;

/** A schema where it is used. */
export const inline = (schema: z.ZodMiniType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, options);
  return json;
};

const schemasOf = (named: NamedSchemas): Json => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...options, uri: refTo });
  // Where each stands in the document says its name; an id would be another one.
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _, ...schema }]) => [name, schema]),
  );
};

/** What was done, by status. */
const done: Readonly<Record<number, string>> = {
  200: 'Done, or what was asked for.',
  201: 'Invited.',
  202: 'Taken: an email follows if there is one to send.',
  204: 'Done.',
};

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
};

/** A response for every status that the codes have. */
const refusalsOf = (all: readonly ProblemCode[]): Json => {
  const byStatus = Map.groupBy(new Set(all), statusOfProblem);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${whenRefused[code]}`).join('\n\n'),
        ...([429, 503].includes(status) && { headers: retryAfter }),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [{ $ref: refTo('Problem') }],
              properties: { code: { enum: codes } },
            },
            examples: Object.fromEntries(
              codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
            ),
          },
        },
      },
    ]),
  );
};

const refusalExamples = (codes: readonly ProblemCode[]): Json =>
  Object.fromEntries(codes.map((code) => [code, { value: refusalExample(code) }]));

/** The OpenAPI document of one API. */
export const documentOf = (api: {
  readonly info: Json;
  readonly servers: readonly string[];
  readonly calls: readonly Call[];
  readonly schemas: NamedSchemas;
  readonly components?: Json;
  readonly security: readonly Json[];
}) => {
  const schemaOf = (schema: z.ZodMiniType): Json => {
    const name = Object.entries(api.schemas).find(([, one]) => one === schema)?.[0];
    return name === undefined ? inline(schema) : { $ref: refTo(name) };
  };

  const contentOf = (schema: z.ZodMiniType, example: unknown): Json => ({
    'application/json': { schema: schemaOf(schema), ...(example !== undefined && { example }) },
  });

  const answersOf = ({ answers, examples }: Call): Json =>
    Object.fromEntries(
      Object.entries(answers).map(([status, schema]) => {
        const example = examples.answers.find((one) => one.status === Number(status))?.body;
        const description = done[Number(status)] ?? 'Done.';
        return [status, { description, ...(schema && { content: contentOf(schema, example) }) }];
      }),
    );

  const queryOf = ({ query, examples }: Call): Json[] =>
    Object.entries((query ? inline(query)['properties'] : undefined) ?? {}).map(
      ([name, schema]) => {
        const example = new Map(Object.entries(examples.request.query ?? {})).get(name);
        return { name, in: 'query', schema, ...(example !== undefined && { example }) };
      },
    );

  const operationOf = (call: Call): Json => ({
    operationId: call.operation,
    summary: call.summary,
    description: call.description,
    ...(call.security && { security: call.security }),
    parameters: [...(call.parameters ?? []), ...queryOf(call)],
    ...(call.body && {
      requestBody: {
        required: !z.safeParse(call.body, {}).success,
        content: contentOf(call.body, call.examples.request.body),
      },
    }),
    responses: { ...answersOf(call), ...refusalsOf(call.refusals) },
  });

  const paths: Record<string, Record<string, Json>> = {};
  for (const call of api.calls) {
    const [method = '', path = ''] = call.name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(call) };
  }
  return {
    openapi: '3.1.0',
    info: { license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' }, ...api.info },
    servers: api.servers.map((url) => ({ url })),
    security: api.security,
    paths,
    components: {
      ...api.components,
      schemas: schemasOf(api.schemas),
      examples: refusalExamples(api.calls.flatMap(({ refusals }) => refusals)),
    },
  };
};
