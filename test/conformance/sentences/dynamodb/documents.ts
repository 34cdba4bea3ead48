import type { Document } from '../../sentence.ts';

/** An operation of the DynamoDB API. */
export const call = (operation: string): Document => ({
  title: `DynamoDB API Reference, ${operation}`,
  url: `https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_${operation}.html`,
});

/** A page of the DynamoDB Developer Guide. */
export const guide = (title: string, page: string): Document => ({
  title: `DynamoDB Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/${page}.html`,
});
