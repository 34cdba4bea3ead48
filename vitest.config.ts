import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Every file has a process of its own, and many start more: what one has compiled, the next reads.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Tests that drive the whole local run share one of it; all others need nothing but themselves. */
const throughTheLocalRun = ['test/journeys/**/*.test.ts', 'test/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    // Half of what tests do is wait for processes and browsers: every core has a worker.
    maxWorkers: '100%',
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
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: throughTheLocalRun,
          globalSetup: 'test/support/synthesizer.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: throughTheLocalRun,
          globalSetup: 'test/support/local-run.ts',
        },
      },
    ],
  },
});
