import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Many files have a process of their own, and start more: what one has compiled, the next reads.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Tests that drive the whole local run share one of it; all others need nothing but themselves. */
const throughTheLocalRun = ['test/journeys/**/*.test.ts', 'test/browser/**/*.test.ts'];

/** Those that change their process, by its environment or what can be loaded once, or take long. */
const withOwnProcess = [
  'test/shared/aws/**',
  'test/shared/diagnosis/situation-pages.test.ts',
  'test/functions/staff-authorizer/**',
  'test/functions/pages/routes.test.ts',
  'test/functions/**/looks.test.ts',
];

/** All other tests of rules and handlers share a process, with what it has loaded. */
const ofRules = globSync('test/{shared,functions}/**/*.test.ts', { exclude: withOwnProcess });

// Projects begin in the order of their names: those whose files take longest come first.
export default defineConfig({
  test: {
    // Half of what tests do is wait for processes and browsers.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 }, requireAssertions: true },
    // What a test prints is shown when it fails.
    silent: 'passed-only',
    setupFiles: ['test/support/environment.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'journeys',
          include: throughTheLocalRun,
          globalSetup: 'test/support/local-run.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: [...throughTheLocalRun, ...ofRules],
          globalSetup: 'test/support/synthesizer.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'rules',
          include: ofRules,
          isolate: false,
        },
      },
    ],
  },
});
