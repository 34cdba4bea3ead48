import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { LocalError } from '../../host/local-error.ts';
import { Stack } from './stack.ts';

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.optional(z.string()),
      properties: z.optional(z.object({ templateFile: z.optional(z.string()) })),
    }),
  ),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const read = <Schema extends z.core.$ZodType>(file: string, schema: Schema): z.output<Schema> => {
  if (!existsSync(file)) throw new LocalError(`The synthesized file ${file} is missing.`);
  return z.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
};

/** Where each file asset of a stack lies, by the key it would have in S3. */
const assetsOf = (folder: string, stack: string): Map<string, string> =>
  new Map(
    Object.values(read(join(folder, `${stack}.assets.json`), assetsSchema).files).flatMap(
      ({ source, destinations }) =>
        Object.values(destinations).map(
          ({ objectKey }) => [objectKey, join(folder, source.path)] as const,
        ),
    ),
  );

/**
 * The stacks of a synthesized cloud assembly (`cdk.out`).
 * @throws LocalError when it is not there or not whole
 */
export const readAssembly = (folder: string): Stack[] =>
  Object.entries(read(join(folder, 'manifest.json'), manifestSchema).artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name, { environment = '', properties }]) => {
      const [account = '', region = ''] = environment.replace('aws://', '').split('/');
      const file = join(folder, properties?.templateFile ?? `${name}.template.json`);
      return new Stack({ name, account, region }, read(file, Stack.schema), assetsOf(folder, name));
    });
