import type { Contact } from '../contact/contact.ts';
import type { CoreDependencies } from '../core/dependencies.ts';
import { summaryOf } from '../diagnosis/summary.ts';
import { statusBody } from '../invitation/status.ts';

/** A contact's status as the staff API presents it. */
export const presentStatus = (
  contact: Contact,
  { region, now }: Pick<CoreDependencies, 'region' | 'now'>,
) => ({
  ...statusBody(contact, now(), region),
  summary: summaryOf(contact, region, now()),
});
