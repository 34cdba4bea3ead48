import * as z from 'zod/mini';
import type { Stack } from './stack.ts';

const functionSchema = z.object({
  FunctionName: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
});

export type FunctionDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Where its bundle lies. */
  readonly folder: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryInMb: number;
  readonly variables: Readonly<Record<string, string>>;
};

export const functionsOf = (stack: Stack): FunctionDefinition[] =>
  stack.resources('AWS::Lambda::Function', functionSchema).map(({ logicalId, properties }) => ({
    name: properties.FunctionName,
    arn: stack.attribute(logicalId, 'Arn'),
    region: stack.place.region,
    folder: stack.asset(properties.Code.S3Key),
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryInMb: properties.MemorySize,
    variables: properties.Environment?.Variables ?? {},
  }));

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(z.number(), 2),
  DestinationConfig: z.optional(
    z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) }),
  ),
});

export type AsyncSettings = { readonly retries: number; readonly onFailure?: string };

/** How a function is invoked when nobody waits: Lambda tries twice more, unless told otherwise. */
export const asyncSettingsOf = (stack: Stack, functionName: string): AsyncSettings => {
  const config = stack
    .resources('AWS::Lambda::EventInvokeConfig', invokeConfigSchema)
    .find(({ properties }) => properties.FunctionName === functionName)?.properties;
  const onFailure = config?.DestinationConfig?.OnFailure?.Destination;
  return { retries: config?.MaximumRetryAttempts ?? 2, ...(onFailure && { onFailure }) };
};
