import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = '.github/workflows/';
const workflows = readdirSync(folder).map(
  (file) => [file, readFileSync(`${folder}${file}`, 'utf8')] as const,
);

describe.each(workflows)('%s', (_, text) => {
  it('keeps no key: AWS is reached with a role that the run itself may assume', () => {
    expect(text).not.toMatch(/aws-access-key|AWS_SECRET|secrets\./i);
    expect(text).toContain('id-token: write');
    expect(text).toContain('role-to-assume');
  });

  it('names every action by its commit, which nobody can move', () => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(3);
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
  });

  it('gives a run no more than reading, unless a job says otherwise', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });

  it('lets nothing typed into a form reach a shell', () => {
    const commands = [...text.matchAll(/run: (.*)/g)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.filter((command) => command?.includes('${{'))).toEqual([]);
  });
});

describe('checking', () => {
  it.each(['npm audit --omit=dev', 'npm sbom', 'gitleaks'])('runs %s', (command) => {
    expect(readFileSync(`${folder}check.yml`, 'utf8')).toContain(command);
  });

  it('asks cfn-lint about every template, with and without a webhook', () => {
    const text = readFileSync(`${folder}check.yml`, 'utf8');
    expect(text).toContain('npm run lint-templates -- cdk.out cdk.out/everything');
    expect(text).toContain('PORTAL_CONFIG: test/support/with-webhooks.json');
  });
});

describe('deploying', () => {
  const text = readFileSync(`${folder}deploy.yml`, 'utf8');

  it('takes one region at a time, each with an approval of its own', () => {
    expect(text).toContain('max-parallel: 1');
    expect(text).toMatch(/environment: \S+ inputs\.stage }}-\S+ matrix\.region }}/);
  });
});
