// Runs before `npm start` and `npm test` on whatever Node.js is there, so it is plain JavaScript
// without dependencies: it installs when nothing is installed or the lock file is newer.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isWindows = process.platform === 'win32';
const changedAt = (path) =>
  statSync(new URL(`../../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Warnings are kept quiet: that packages ask for a newer Node.js is what the package `node` is for. */
const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

/** What npm says of its success, 'added 300 packages', is no news. */
const stdio = ['ignore', 'ignore', 'inherit'];

/** The npm that runs this script; on Windows npm itself is a batch file, which needs a shell. */
const npmCi = () => {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio })
    : spawnSync('npm', options, { cwd: root, stdio, shell: isWindows });
};
const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  process.stdout.write('Installing the packages'.padEnd(36));
  const begun = performance.now();
  const { status, error } = npmCi();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  process.stdout.write(status === 0 ? `${seconds.padStart(5)} s\n` : 'failed\n');
  if (error) fail(`npm can't be run: ${error.message}.`);
  if (status !== 0) fail('`npm ci` failed, for the reason above.');
}

// Every later command runs on the Node.js of the package `node`, or on this one where it is new enough.
const isThere = changedAt(`node_modules/.bin/${isWindows ? 'node.cmd' : 'node'}`) > 0;
if (!isThere && Number(process.versions.node.split('.')[0]) < 24) {
  fail(
    `This needs Node.js 24, and npm brought none for ${process.platform} on ${process.arch}: allow the install script of the package 'node' and run \`npm ci\` again, or install Node.js 24.`,
  );
}
