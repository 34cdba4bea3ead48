// Runs before `npm start` and `npm test` on whatever Node.js is there, so it is plain JavaScript
// without dependencies: it installs when nothing is installed or the lock file is newer.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

const root = new URL('../..', import.meta.url);
const changedAt = (path) => statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
}

const node = process.platform === 'win32' ? 'node_modules/.bin/node.cmd' : 'node_modules/.bin/node';
if (!changedAt(node)) {
  process.stderr.write(
    "Node.js 24 is missing from node_modules: allow install scripts for the package 'node' and run `npm ci` again.\n",
  );
  process.exit(1);
}
