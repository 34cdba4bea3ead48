#!/usr/bin/env node
// Runs on whatever Node.js is there, so it is plain JavaScript: an older one hands over to the
// Node.js of this package, which runs TypeScript.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major >= 24) {
  await import('./main.ts');
} else {
  const own = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const { status, error } = spawnSync(own, [main, ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) process.stderr.write('Node.js 24 is missing: run npm ci first.\n');
  process.exitCode = status ?? 1;
}
