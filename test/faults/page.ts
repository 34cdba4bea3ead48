import type { Calls } from './cases.ts';
import { faults } from './fault.ts';
import { flows } from './flows.ts';
import type { Played } from './table.ts';

type Result = {
  readonly calls: Calls;
  readonly played: readonly Omit<Played, 'secrets'>[];
  /** How many there are; less are played when time is short. */
  readonly cases: number;
  readonly leaks: number;
  readonly minutes: number;
  readonly seed: number;
};

/** docs/faults-local-run.md */
export const pageOf = ({ calls, played, cases, leaks, minutes, seed }: Result): string => {
  const row = ([name, made]: readonly [string, readonly string[]]) => {
    const of = played.filter(({ flow }) => flow === name);
    const struck = of.filter(({ isStruck }) => isStruck).length;
    const violations = of.flatMap((one) => one.violations).length;
    return `| ${name} | ${flows[name]?.function} | ${made.join(', ')} | ${struck} of ${of.length} | ${violations} |`;
  };
  const struck = played.filter(({ isStruck }) => isStruck).length;
  const violations = played.flatMap((one) => one.violations).length;
  const doubted = played.filter(({ doubts = [] }) => doubts.length > 0);
  return [
    '# Faults through the local run',
    '',
    'Every call of AWS that a flow makes, broken in every way, through the real local run: `npm run faults`',
    'writes this page. A proxy (`test/faults/proxy.ts`) stands where the standard endpoint variables lead',
    'the functions. Unbroken, each flow tells which calls its function makes; then each of them meets each',
    'fault, once. The client or staff try again until it is done, the sweep runs, and then is checked:',
    '',
    '- a link changes a password at most once, and no link that was used or is older opens anything',
    '- an address has one holder, and a claim that nobody holds is given up',
    '- an account exists exactly for an accepted invitation; what waits in an outbox gets done',
    '- who was revoked or erased is out at once, by session and by password',
    '- each due email came at least once, and none more than once more',
    '- the client gets in without staff; a password answered as changed is the one in force',
    '- every event of a contact is heard on the bus, each of one number the same',
    '- the CRM, too busy whenever an event first comes, is told of each where the webhook is broken',
    '- the status that staff see is true within a minute',
    '- no password, link or cookie is in a table, account, log or queue, and no address in a log',
    '',
    `Faults: ${faults.join(', ')}.`,
    "`reset` meets only the SDK's first try; all others meet every try of the call. A killed worker takes",
    'along whatever else it was doing. Calls in brackets name no contact. What Lambda itself asks of the',
    "webhook's queue takes no endpoint: one delivery in twenty comes twice there, as after a lost deletion.",
    '',
    '| flow | whose calls | calls | cases | violations |',
    '|---|---|---|--:|--:|',
    ...[...calls].map(row),
    `| all | | | ${struck} of ${played.length} | ${violations + leaks} |`,
    '',
    'A case that breaks a promise is played again by itself, up to twice: it counts if it breaks one each',
    "time. On a busy machine the functions' own patience with AWS (2.5 s a try) can end without a fault.",
    doubted.length === 0
      ? 'None held only when it was repeated.'
      : 'These held only when they were repeated:',
    '',
    ...doubted.map(({ name, doubts = [] }) => `- ${name}: ${doubts.join('; ')}`),
    ...(doubted.length === 0 ? [] : ['']),
    `Of ${cases} cases, ${played.length} were played in ${minutes} minutes on two shared cores, seed ${seed}; the`,
    'column counts those whose call was made again and broken. [Faults](faults.md) has the same idea on a',
    'moved clock, with leases and limits of their real length.',
    '',
  ].join('\n');
};
