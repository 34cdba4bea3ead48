import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openapiFile } from '../../../infra/tools/openapi.ts';
import { routes } from '../../../shared/api/routes.ts';
import { staffCalls } from '../../../shared/api/staff-calls.ts';

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

it('docs/openapi.json is what the code makes: npm run openapi', () => {
  expect(readFileSync(file('docs/openapi.json'), 'utf8')).toBe(openapiFile());
});

it('the document has no fault that a linter knows', async () => {
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(file('node_modules/@redocly/cli/bin/cli.js')),
      'lint',
      fileURLToPath(file('docs/openapi.json')),
    ],
    { cwd: file('') },
  );
  expect(stderr).toMatch(/is valid/);
  expect(stderr).not.toMatch(/warning/i);
});
