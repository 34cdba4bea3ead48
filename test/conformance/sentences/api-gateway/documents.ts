import type { Document } from '../../sentence.ts';

/** A page of the API Gateway Developer Guide. */
export const guide = (title: string, page: string): Document => ({
  title: `API Gateway Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`,
});
