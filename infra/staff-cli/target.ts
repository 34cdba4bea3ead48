import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { StaffClientOptions } from '../../shared/api/client.ts';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { regions } from '../stacks/configuration/regions.ts';
import { UsageError } from './usage.ts';

const runSchema = z.object({
  eventBus: z.optional(z.string()),
  regions: z.record(
    z.string(),
    z.object({ portal: z.string(), staffTokens: z.object({ readWrite: z.string() }) }),
  ),
});

const runFiles = [
  '.local/run.json',
  fileURLToPath(new URL('../../.local/run.json', import.meta.url)),
];

const localRun = () => {
  for (const file of runFiles) {
    try {
      return z.parse(runSchema, JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Not there, or not a run's.
    }
  }
  return undefined;
};

/**
 * Where a local run shows the events of its buses.
 * @throws UsageError if none runs
 */
export const eventBusOfRun = (): string => {
  const eventBus = localRun()?.eventBus;
  if (eventBus !== undefined) return eventBus;
  throw new UsageError(
    'No local run is known: run npm start. docs/receiving-events.md says how to see the events of a deployed portal.',
  );
};

/** A token is a secret: it goes out over TLS, or stays on this machine. */
const originOf = (portal: string): string => {
  const url = URL.canParse(portal) ? new URL(portal) : undefined;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url.origin;
  throw new UsageError('PORTAL_URL must be a https address, such as https://customer.example.com.');
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a region's staff API is and with which token: by the environment, or a local run.
 * @throws UsageError if there is neither
 */
export const targetFor = (
  region: RegionCode,
  actor: string | undefined,
  { PORTAL_URL, PORTAL_TOKEN }: Environment = process.env,
): StaffClientOptions => {
  const who = { actor: actor ?? userInfo().username };
  if (PORTAL_URL && PORTAL_TOKEN) {
    const origin = originOf(PORTAL_URL);
    const other = regionCodes.find((code) => code !== region && regions[code].origin === origin);
    if (other) throw new UsageError(`PORTAL_URL is the portal of ${other}, not of ${region}.`);
    return { origin, token: PORTAL_TOKEN, ...who };
  }
  if (PORTAL_URL || PORTAL_TOKEN) {
    throw new UsageError('PORTAL_URL and PORTAL_TOKEN belong together: one of them is missing.');
  }
  const run = localRun()?.regions[region];
  if (run) return { origin: run.portal, token: run.staffTokens.readWrite, ...who };
  throw new UsageError(
    `No portal of ${region} is known: set PORTAL_URL and PORTAL_TOKEN, or run npm start.`,
  );
};
