import { readFileSync, writeFileSync } from 'node:fs';
import { publicDocument } from '../../shared/api/openapi/public.ts';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import { regionCodes } from '../../shared/core/region.ts';
import { regions } from '../stacks/configuration/regions.ts';
import { eventsDocument } from './events/asyncapi.ts';
import { eventsPage } from './events/events-page.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const version = (): string =>
  (JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }).version;
const fileOf = (document: unknown): string => `${JSON.stringify(document, undefined, 2)}\n`;

/** An OpenAPI document for the portals of all regions. */
const openapiFile = (documentOf: typeof staffDocument): string => {
  const servers = regionCodes.map((code) => regions[code].origin);
  return fileOf(documentOf(servers, version()));
};

/** The files under docs that the code makes, by path. */
export const generatedDocs = {
  'docs/openapi.json': () => openapiFile(staffDocument),
  'docs/openapi-public.json': () => openapiFile(publicDocument),
  'docs/asyncapi.json': () => fileOf(eventsDocument(version())),
  'docs/events.md': eventsPage,
} as const;

if (import.meta.main) {
  for (const [path, make] of Object.entries(generatedDocs)) writeFileSync(at(path), make());
}
