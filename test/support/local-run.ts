import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocal } from '../../infra/local/local.ts';
import { regionCodes } from '../../shared/core/region.ts';

/** One local run of all regions, on free ports, for every test that drives the whole product. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  const local = await startLocal({ port: 0, regions: regionCodes, folder });
  project.provide('run', local.run as Parameters<typeof project.provide<'run'>>[1]);
  return async () => {
    await local.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
