import type { Document } from '../../sentence.ts';

/** A page of the SES Developer Guide. */
export const guide = (title: string, page: string): Document => ({
  title: `SES Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/ses/latest/dg/${page}.html`,
});
