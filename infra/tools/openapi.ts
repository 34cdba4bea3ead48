import { readFileSync, writeFileSync } from 'node:fs';
import { openapiDocument } from '../../shared/api/openapi.ts';
import { regionCodes } from '../../shared/core/region.ts';
import { regions } from '../stacks/configuration/regions.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** The OpenAPI document of all regions. */
export const openapiFile = (): string => {
  const { version }: { version: string } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const servers = regionCodes.map((code) => regions[code].origin);
  return `${JSON.stringify(openapiDocument(servers, version), undefined, 2)}\n`;
};

if (import.meta.main) {
  writeFileSync(at('docs/openapi.json'), openapiFile());
}
