import type { Contact } from '../contact/contact.ts';
import type { CoreDependencies } from '../core/dependencies.ts';
import { summaryOf } from '../diagnosis/summary.ts';
import { looksMistyped } from '../email/typos.ts';
import { statusBody } from '../invitation/status.ts';

type Needs = Pick<CoreDependencies, 'region' | 'now'>;

/** A contact's status as the staff API presents it. */
export const presentStatus = (contact: Contact, { region, now }: Needs) => ({
  ...statusBody(contact, now(), region.limits),
  summary: summaryOf(contact, region, now()),
});

/** The same after an address was given: what looks wrong about it warns and never blocks. */
export const presentStatusWithWarnings = (contact: Contact, email: string, deps: Needs) => {
  const warnings = looksMistyped(email, deps.region.code);
  return { ...presentStatus(contact, deps), ...(warnings.length > 0 && { warnings }) };
};
