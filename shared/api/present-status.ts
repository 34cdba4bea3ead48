import type { Contact } from '../contact/contact.ts';
import { summaryOf } from '../diagnosis/summary.ts';
import { looksMistyped } from '../email/typos.ts';
import { statusBody } from '../invitation/status.ts';
import type { World } from '../world.ts';

type Needs = Pick<World, 'region' | 'now'>;

/** A contact's status as the staff API tells it. */
export const presentStatus = (contact: Contact, { region, now }: Needs) => ({
  ...statusBody(contact, now(), region.limits),
  summary: summaryOf(contact, region, now()),
});

/** The same after an address was given: what looks wrong about it warns and never blocks. */
export const presentStatusWithWarnings = (contact: Contact, email: string, world: Needs) => {
  const warnings = looksMistyped(email, world.region.code);
  return { ...presentStatus(contact, world), ...(warnings.length > 0 && { warnings }) };
};
