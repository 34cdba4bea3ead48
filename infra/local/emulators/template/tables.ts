import * as z from 'zod/mini';
import type { Stack } from './stack.ts';

const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
);
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.optional(z.array(z.string())),
  }),
});

const tableSchema = z.object({
  TableName: z.optional(z.string()),
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.optional(z.array(index)),
  LocalSecondaryIndexes: z.optional(z.array(index)),
  StreamSpecification: z.optional(
    z.object({
      StreamViewType: z.enum(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']),
    }),
  ),
});
type Properties = z.infer<typeof tableSchema>;
export type StreamView = NonNullable<Properties['StreamSpecification']>['StreamViewType'];

export type Table = {
  readonly name: string;
  readonly region: string;
  readonly keys: readonly string[];
  readonly stream?: { readonly arn: string; readonly view: StreamView };
  /** What `CreateTable` is told. */
  readonly definition: Omit<Properties, 'TableName' | 'StreamSpecification'>;
};

/** The tables of a stack, whichever of CDK's two constructs made them. */
export const tablesOf = (stack: Stack): Table[] =>
  ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
    stack.resources(type, tableSchema).map(({ logicalId, properties }) => {
      const { TableName: _, StreamSpecification: stream, ...definition } = properties;
      return {
        name: String(stack.ref(logicalId)),
        region: stack.place.region,
        keys: definition.KeySchema.map(({ AttributeName }) => AttributeName),
        definition,
        ...(stream && {
          stream: { arn: stack.attribute(logicalId, 'StreamArn'), view: stream.StreamViewType },
        }),
      };
    }),
  );
