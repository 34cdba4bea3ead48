import { unknownContact } from '../contact/contact.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { type Facts, suppressionIn } from '../diagnosis/facts.ts';
import { statusBody } from '../invitation/status.ts';
import { presentEntry } from './present-timeline.ts';

/** At most this many timeline entries in a diagnosis. */
const newestEntries = 10;

const time = (at: number): string => new Date(at).toISOString();

/** A diagnosis as the staff API presents it. */
export const presentDiagnosis = (facts: Facts) => {
  const findings = diagnose(facts);
  return {
    summary: findings[0]?.verdict ?? '',
    findings,
    facts: presentFacts(facts),
  };
};

const presentFacts = (facts: Facts) => ({
  ...contactFacts(facts),
  ...(facts.asked && {
    asked: {
      ...facts.asked,
      nearest: [...facts.asked.nearest],
      attempts: facts.asked.attempts.map((attempt) => ({ ...attempt, at: time(attempt.at) })),
    },
  }),
  timeline: facts.entries.slice(0, newestEntries).map(presentEntry),
});

const contactFacts = (facts: Facts) => {
  const { contact, account, holder, now, region } = facts;
  if (!contact) {
    const { contactId: _, ...status } = statusBody(unknownContact(''), now, region);
    return status;
  }
  const { throttledUntil, limitedAt, triedOther, former } = contact;
  const suppressed = suppressionIn(facts);
  return {
    ...statusBody(contact, now, region),
    ...(account && { account }),
    ...(suppressed && { suppressed }),
    ...(throttledUntil && { throttledUntil: time(throttledUntil) }),
    ...(limitedAt && { limitedAt: time(limitedAt) }),
    ...(triedOther && { triedOther: { ...triedOther, at: time(triedOther.at) } }),
    ...(former && { former: { ...former, at: time(former.at) } }),
    ...(holder && { inUseBy: holder.contactId }),
  };
};
