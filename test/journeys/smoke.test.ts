import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';

/** Runs the smoke command as an engineer does. */
const smoke = async (words: readonly string[], token?: string) => {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['infra/tools/smoke/smoke.ts', ...words],
      { env: token ? { STAFF_TOKEN: token } : {} },
    );
    return { exitCode: 0, text: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, text: stdout + stderr };
  }
};

describe('the smoke command', () => {
  it('finds a region well, down to an email that arrives', async () => {
    const { portal, staffTokens } = inject('run').regions.NZ;
    const { exitCode, text } = await smoke(['NZ', portal], staffTokens.readWrite);
    expect(text).not.toContain('FAIL');
    expect(text).toContain('an invitation reaches a mailbox');
    expect(text).toContain('icons arrive as pictures');
    expect(exitCode).toBe(0);
  });

  it('fails when the portal is of another region than it should be', async () => {
    const { exitCode, text } = await smoke(['NZ', inject('run').regions.AU.portal]);
    expect(text).toContain('FAIL NZ  the portal answers, and is of this region');
    expect(exitCode).toBe(1);
  });

  it('fails when links would lead to another origin than the one it is reached at', async () => {
    const elsewhere = inject('run').regions.AU.portal.replace('localhost', '127.0.0.1');
    const { exitCode, text } = await smoke(['AU', elsewhere]);
    expect(text).toContain('FAIL AU  links in emails start with this origin: the portal was');
    expect(exitCode).toBe(1);
  });

  it('says that it could not be tried when nothing answers, or nothing was asked', async () => {
    expect(await smoke(['AU', 'http://127.0.0.1:9'])).toEqual({
      exitCode: 2,
      text: 'Nothing answers at http://127.0.0.1:9.\n',
    });
    expect((await smoke([])).exitCode).toBe(2);
  });
});
