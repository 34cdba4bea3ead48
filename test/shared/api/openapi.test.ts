import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { routes } from '../../../infra/stacks/api/routes.ts';
import { diagnosisPage, openapiFile } from '../../../infra/tools/openapi.ts';
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

it.each([
  ['docs/openapi.json', openapiFile],
  ['docs/diagnosis.md', diagnosisPage],
])('%s is what the code makes: npm run openapi', (path, make) => {
  expect(readFileSync(file(path), 'utf8')).toBe(make());
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
