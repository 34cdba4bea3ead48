import type { Document } from '../../sentence.ts';

/** A page of the Cognito Developer Guide. */
export const guide = (title: string, page: string): Document => ({
  title: `Cognito Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/cognito/latest/developerguide/${page}.html`,
});

/** An operation of the Cognito API. */
export const call = (operation: string): Document => ({
  title: `Cognito user pools API Reference, ${operation}`,
  url: `https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_${operation}.html`,
});
