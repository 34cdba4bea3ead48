import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { generatedDocs } from '../../../infra/tools/openapi.ts';
import { staffExamples } from '../../../shared/api/openapi/staff-examples.ts';
import { publicCalls } from '../../../shared/api/public-calls.ts';
import { routes } from '../../../shared/api/routes.ts';
import {
  type StaffCallDefinition,
  type StaffCallName,
  staffCalls,
} from '../../../shared/api/staff-calls.ts';
import { problemResponse } from '../../../shared/api/status-schema.ts';

const file = (path: string) => new URL(`../../../${path}`, import.meta.url);

it('every staff route is a described call, and none other is', () => {
  const staff = routes.filter(({ audience }) => audience === 'staff');
  expect(staff.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(staffCalls).sort(),
  );
});

it('a call that changes something belongs to the function that may', () => {
  for (const { method, path, function: name } of routes) {
    const call = Object.entries(staffCalls).find(([one]) => one === `${method} ${path}`)?.[1];
    if (call) expect([path, name]).toEqual([path, `staff-${call.scope}`]);
  }
});

it('every route of the public API is a described call, and none other is', () => {
  const open = routes.filter(({ audience }) => audience === 'client');
  expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(publicCalls).sort(),
  );
});

it.each(Object.entries(generatedDocs))(
  '%s is what the code makes: npm run openapi',
  (path, make) => {
    expect(readFileSync(file(path), 'utf8')).toBe(make());
  },
);

/** Calls with all that the documents show of them, and the refusals that they refer to. */
const shownIn = (path: string) => {
  const document: Document = JSON.parse(readFileSync(file(path), 'utf8'));
  return {
    operations: Object.values(document.paths).flatMap((path) => Object.values(path)),
    refusals: document.components.examples,
  };
};
type Document = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly examples: Record<string, { readonly value: unknown }> };
};
type Content = Record<string, { example?: unknown; examples?: Record<string, { $ref: string }> }>;
type Operation = {
  readonly operationId: string;
  readonly description: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Record<string, { description: string; content?: Content }>;
};
const documents = ['docs/openapi.json', 'docs/openapi-public.json'];

it.each(documents)(
  '%s shows an example of every call and of every refusal, and when each comes',
  (path) => {
    const { operations, refusals } = shownIn(path);
    for (const { operationId, description, requestBody, responses } of operations) {
      expect(description.length).toBeGreaterThan(20);
      const all = [requestBody, ...Object.values(responses)];
      for (const [type, shown] of all.flatMap((part) => Object.entries(part?.content ?? {}))) {
        if (type === 'application/json') expect([operationId, shown]).toHaveProperty('1.example');
        else expect(shown.examples).not.toEqual({});
      }
    }
    for (const [code, { value }] of Object.entries(refusals)) {
      expect(problemResponse.safeParse(value).success).toBe(true);
      expect(value).toMatchObject({ code });
    }
  },
);

const parts = (schemas: Record<number, z.ZodMiniType | null>, answers: readonly object[]) =>
  answers.map((answer) => {
    const { status, body } = answer as { status: number; body?: unknown };
    return [schemas[status], body] as const;
  });

it('every example of the staff API is one that its schemas take', () => {
  for (const [name, { request, answers }] of Object.entries(staffExamples)) {
    const definition: StaffCallDefinition = staffCalls[name as StaffCallName];
    const { query, body } = request as { query?: unknown; body?: unknown };
    expect([name, ...answers.map(({ status }) => String(status)).sort()]).toEqual([
      name,
      ...Object.keys(definition.answers),
    ]);
    const pairs = [
      [definition.query, query ?? {}] as const,
      [definition.body, body] as const,
      ...parts(definition.answers, answers),
    ];
    for (const [schema, value] of pairs) {
      if (schema) expect([name, z.safeParse(schema, value).error]).toEqual([name, undefined]);
    }
  }
});

it.each(documents)('%s has no fault that a linter knows', async (path) => {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(file('node_modules/@redocly/cli/bin/cli.js')),
      'lint',
      fileURLToPath(file(path)),
    ],
    { cwd: file('') },
  );
  expect(stderr).toMatch(/is valid/);
  expect(stderr).not.toMatch(/warning/i);
});
