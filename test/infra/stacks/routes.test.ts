import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { routes } from '../../../shared/api/routes.ts';

const serving = functionNames.filter((name) => routes.some((route) => route.function === name));

describe('the route table', () => {
  it.each(serving)('sends to %s what it has a route for, and nothing else', async (name) => {
    const { routes: served } = (await import(`../../../functions/${name}/routes.ts`)) as {
      routes: Record<string, unknown>;
    };
    const sent = routes.filter((route) => route.function === name);
    expect(Object.keys(served).sort()).toEqual(
      sent.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it('names a folder for every function', () => {
    expect(functionNames.filter((name) => !existsSync(`functions/${name}/index.ts`))).toEqual([]);
  });

  it('serves nothing twice', () => {
    const keys = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps addresses, tokens and passwords out of paths', () => {
    const names = routes.flatMap(({ path }) => path.match(/\{[^}]+\}/g) ?? []);
    expect([...new Set(names)].sort()).toEqual(['{contactId}', '{proxy+}']);
  });
});
