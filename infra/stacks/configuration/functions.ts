import { fileURLToPath } from 'node:url';

/** Every Lambda function: one per set of permissions, one folder of that name in `functions/`. */
export const functionNames = [
  'pages',
  'reset-requests',
  'credentials',
  'sessions',
  'staff-authorizer',
  'staff-read',
  'staff-write',
  'staff-console',
  'outbox',
  'email-events',
  'sweep',
  'canary',
  'webhook',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Where the bundle of a function is, as built by `infra/tools/build.ts`. */
export const bundleFolder = (name: FunctionName): string =>
  fileURLToPath(new URL(`../../../build/${name}`, import.meta.url));
