import * as z from 'zod/mini';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { consoleSettings } from '../../shared/staff/settings.ts';
import { functionsOf } from './emulators/template/functions.ts';
import type { Stack } from './emulators/template/stack.ts';

const regionVariable = z.object({ code: z.enum(regionCodes) });
const staffVariables = z.object({
  STAFF_AUDIENCE: z.string(),
  STAFF_READ_SCOPE: z.string(),
  STAFF_WRITE_SCOPE: z.string(),
});

/** Which region a stack belongs to: its functions are told. */
export const regionOf = (stack: Stack): RegionCode | undefined =>
  functionsOf(stack)
    .map(({ variables }) => JSON.parse(variables['PORTAL_REGION'] ?? '{}'))
    .flatMap((variable) => {
      const read = z.safeParse(regionVariable, variable);
      return read.success ? [read.data.code] : [];
    })[0];

/** What Secrets Manager calls the secret that signs a stack's webhooks, if it sends any. */
export const webhookKeysOf = (stack: Stack): string | undefined =>
  functionsOf(stack).flatMap(({ variables }) => variables['WEBHOOK_KEYS'] ?? [])[0];

/** What a staff token of this stack's API must say, and the client that gives people theirs. */
export const staffOf = (stack: Stack) => {
  const variables = functionsOf(stack)
    .map((definition) => z.safeParse(staffVariables, definition.variables))
    .flatMap((read) => (read.success ? [read.data] : []))[0];
  const definition = functionsOf(stack).find((one) => one.variables['STAFF_CONSOLE'] !== undefined);
  const settings = z.parse(
    consoleSettings,
    JSON.parse(definition?.variables['STAFF_CONSOLE'] ?? ''),
  );
  return {
    console: { clientId: settings.clientId, writeScope: settings.writeScope },
    audience: variables?.STAFF_AUDIENCE ?? '',
    scopes: {
      read: variables?.STAFF_READ_SCOPE ?? '',
      write: variables?.STAFF_WRITE_SCOPE ?? '',
    },
  };
};
