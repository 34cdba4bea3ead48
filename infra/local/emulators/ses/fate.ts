/** What becomes of an email. */
export type Fate = 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'globally suppressed';

const simulator = 'simulator.amazonses.com';
const simulated: Readonly<Record<string, Fate>> = {
  bounce: 'bounced',
  complaint: 'complained',
  suppressionlist: 'globally suppressed',
};

/**
 * What becomes of an email to an address. SES's mailbox simulator is followed with and without
 * labels (Amazon SES Developer Guide, 'Using the mailbox simulator manually'): its addresses bounce
 * and complain and never get on the suppression list. A domain under `.invalid` exists nowhere (RFC
 * 6761), so that mail to it bounces for real.
 */
export const fateOf = (address: string, isSuppressed: boolean): Fate => {
  const [local = '', domain = ''] = address.toLowerCase().split(/@(?=[^@]*$)/);
  if (domain === simulator) return simulated[local.replace(/\+.*$/, '')] ?? 'delivered';
  if (isSuppressed) return 'suppressed';
  return domain.endsWith('.invalid') ? 'bounced' : 'delivered';
};

/** Whether a bounce or complaint puts an address on the suppression list. */
export const isSuppressedAfter = (address: string): boolean =>
  !address.toLowerCase().endsWith(`@${simulator}`);
