import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run bench:growth`: a measurement, not a part of `npm test`. `SIZE=1000000` asks for more. */
export default defineConfig({
  test: {
    include: ['test/bench/growth.ts'],
    testTimeout: 4 * 3_600_000,
    setupFiles: ['test/support/environment.ts'],
    // A million contacts and requests are more than fits into memory.
    env: { TABLE_FOLDER: join(tmpdir(), `growth-${process.pid}`) },
  },
});
