import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { build } from '../../infra/tools/build.ts';

/**
 * Synthesis takes seconds and much memory: whatever tests ask for is synthesized once for all of
 * them, in a process of its own. `GET /?PORTAL_STAGE=prod` answers with the folder of the assembly.
 */
export default async function setUp(project: TestProject): Promise<() => void> {
  const home = mkdtempSync(join(tmpdir(), 'portal-synth-'));
  const made = new Map<string, Promise<string>>();
  const synthesize = async (query: string): Promise<string> => {
    if (!existsSync('build/meta.json')) await build();
    const folder = join(home, String(made.size));
    const environment = Object.fromEntries(new URLSearchParams(query));
    await promisify(execFile)(process.execPath, ['infra/stacks/app.ts'], {
      env: { ...process.env, ...environment, CDK_OUTDIR: folder },
    });
    return folder;
  };
  const server = createServer(async (request, response) => {
    const query = request.url?.split('?')[1] ?? '';
    const making = made.get(query) ?? synthesize(query);
    made.set(query, making);
    try {
      response.end(await making);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  project.provide('synthesizer', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return () => {
    server.close();
    rmSync(home, { recursive: true, force: true });
  };
}
