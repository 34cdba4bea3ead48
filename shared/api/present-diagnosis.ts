import { unknownContact } from '../contact/contact.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { type Facts, statusIn, suppressionIn } from '../diagnosis/facts.ts';
import { summaryOf } from '../diagnosis/summary.ts';
import { statusBody } from '../invitation/status.ts';
import { presentEntry } from './present-timeline.ts';

/** At most this many timeline entries in a diagnosis. */
const newestEntries = 10;

const time = (at: number): string => new Date(at).toISOString();

/** A diagnosis as the staff API presents it. */
export const presentDiagnosis = (facts: Facts) => ({
  summary: facts.contact
    ? summaryOf(facts.contact, facts.region, facts.now)
    : nobody(facts.asked?.nearest.length ?? 0),
  findings: diagnose(facts),
  facts: {
    ...contactFacts(facts),
    ...(facts.asked && {
      asked: {
        ...facts.asked,
        nearest: [...facts.asked.nearest],
        attempts: facts.asked.attempts.map((attempt) => ({ ...attempt, at: time(attempt.at) })),
      },
    }),
    timeline: facts.entries.slice(0, newestEntries).map(presentEntry),
  },
});

const nobody = (nearest: number): string =>
  nearest > 0
    ? 'Nobody was invited at this address, but somebody was at one much like it.'
    : 'Nobody was invited at this address.';

const contactFacts = (facts: Facts) => {
  const { contact, account, now, region } = facts;
  if (!contact) {
    const { contactId: _, ...status } = statusBody(unknownContact(''), now, region);
    return status;
  }
  const { throttledUntil, limitedAt, triedOther, inUse } = contact;
  const suppressed = suppressionIn(facts);
  return {
    ...statusBody(contact, now, region),
    ...(account && { account }),
    ...(suppressed && { suppressed }),
    ...(throttledUntil && { throttledUntil: time(throttledUntil) }),
    ...(limitedAt && { limitedAt: time(limitedAt) }),
    ...(triedOther && { triedOther: { ...triedOther, at: time(triedOther.at) } }),
    ...(inUse && statusIn(facts) !== 'accepted' && { inUseBy: inUse.contactId }),
  };
};
