import type { Contact } from '../shared/contact/contact.ts';
import { statusBody } from '../shared/contact/status.ts';
import { summaryOf } from '../shared/diagnosis/summary.ts';
import { looksMistyped } from '../shared/email/slips.ts';
import type { World } from '../shared/world.ts';

type Needs = Pick<World, 'region' | 'now'>;

/** A contact's status as the staff API tells it. */
export const toldStatus = (contact: Contact, { region, now }: Needs) => ({
  ...statusBody(contact, now(), region.limits),
  summary: summaryOf(contact, region, now()),
});

/** The same after an address was given: what looks wrong about it warns and never blocks. */
export const warnedStatus = (contact: Contact, email: string, world: Needs) => {
  const warnings = looksMistyped(email, world.region.code);
  return { ...toldStatus(contact, world), ...(warnings.length > 0 && { warnings }) };
};
