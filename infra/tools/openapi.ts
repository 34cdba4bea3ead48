import { readFileSync, writeFileSync } from 'node:fs';
import { publicDocument } from '../../shared/api/openapi/public.ts';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import { regionCodes } from '../../shared/core/region.ts';
import { regions } from '../stacks/configuration/regions.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** An OpenAPI document for the portals of all regions. */
const openapiFile = (documentOf: typeof staffDocument): string => {
  const { version }: { version: string } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const servers = regionCodes.map((code) => regions[code].origin);
  return `${JSON.stringify(documentOf(servers, version), undefined, 2)}\n`;
};

/** The files under docs that the code makes, by path. */
export const generatedDocs = {
  'docs/openapi.json': () => openapiFile(staffDocument),
  'docs/openapi-public.json': () => openapiFile(publicDocument),
} as const;

if (import.meta.main) {
  for (const [path, make] of Object.entries(generatedDocs)) writeFileSync(at(path), make());
}
