import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { StreamRecord } from 'aws-lambda';
import type { Failures } from '../account/sign-ins.ts';
import type { Contact } from '../contact/contact.ts';
import type { Lane } from '../contact/pending-work.ts';
import { storedContact } from './contacts.ts';
import { storedFailures } from './sign-ins.ts';
import { lanes, partitions, pendingAttribute } from './table/table.ts';

type StreamItem =
  | { readonly kind: 'contact'; readonly contact: Contact; readonly lane: Lane }
  | { readonly kind: 'request'; readonly email: string; readonly requestId: string }
  | { readonly kind: 'signIns'; readonly email: string; readonly failures: Failures };

type Image = NonNullable<StreamRecord['NewImage']>;

/** What kind of work an item of the stream brings, if any. */
export const streamItem = (image: Image): StreamItem | undefined => {
  const item = unmarshall(image as Record<string, AttributeValue>);
  if (!(pendingAttribute in item)) return undefined;
  const partition = String(item['pk']);
  const after = (prefix: string): string | undefined =>
    partition.startsWith(prefix) ? partition.slice(prefix.length) : undefined;

  if (after(partitions.contact) !== undefined) {
    const isBackground = item[pendingAttribute] === lanes.background;
    const lane = isBackground ? 'background' : 'urgent';
    return { kind: 'contact', contact: storedContact(item), lane };
  }
  const requested = after(partitions.request);
  if (requested !== undefined) {
    return { kind: 'request', email: requested, requestId: String(item['sk']) };
  }
  const email = after(partitions.signIns);
  return email === undefined
    ? undefined
    : { kind: 'signIns', email, failures: storedFailures(item) };
};
