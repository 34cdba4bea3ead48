import type { Document } from '../../sentence.ts';

/** A page of the Lambda Developer Guide. */
export const guide = (title: string, page: string): Document => ({
  title: `Lambda Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/lambda/latest/dg/${page}.html`,
});

export const discarded = guide(
  'Retaining discarded records for a DynamoDB event source',
  'services-dynamodb-errors',
);
