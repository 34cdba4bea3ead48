import { defineConfig } from 'vitest/config';

/** `npm run bench:growth`: a measurement, not a part of `npm test`. `SIZE=1000000` asks for more. */
export default defineConfig({
  test: {
    include: ['test/bench/growth.ts'],
    testTimeout: 3_600_000,
    setupFiles: ['test/support/environment.ts'],
  },
});
