import { describe, expect, it } from 'vitest';
import { copy } from '../../../shared/diagnosis/copy.ts';
import { findingCodes, findings } from '../../../shared/diagnosis/findings.ts';
import { newDependencies } from '../../support/dependencies.ts';
import { deskOf } from './desk.ts';
import { pictureOf, type Situation, situations } from './situations.ts';

type Finding = { readonly code: string; readonly advice: string; readonly action?: string };
type Diagnosis = { readonly summary: string; readonly findings: readonly Finding[] };

const contact = '/staff/contacts/C-1';
const right = 'jane.citizen@example.org';

/** What staff press for each action: one call of the staff API. */
const presses: Readonly<Record<string, readonly [call: string, body?: object]>> = {
  send_invitation: [`POST ${contact}/invitation`, { email: right, name: 'Jane Citizen' }],
  resend_invitation: [`POST ${contact}/invitation/resend`],
  change_email: [`PUT ${contact}/email`, { email: right }],
  lift_suppression: [`POST ${contact}/suppression-removal`, { consent: true }],
  send_password_reset: [`POST ${contact}/password-reset`],
};

const told = new Map<Situation, Diagnosis>();

describe('a help desk', () => {
  it.each(situations)('$when', async (situation) => {
    const { happens, address, found, press } = situation;
    const desk = deskOf(await newDependencies());
    await happens(desk);
    const asked =
      address === undefined
        ? await desk.staff(`GET ${contact}/diagnosis`)
        : await desk.staff('POST /staff/diagnosis', { email: address });
    const diagnosis = asked.body as Diagnosis;
    told.set(situation, diagnosis);
    const [first] = diagnosis.findings;
    expect(diagnosis.findings.map(({ code }) => code).join(' ')).toBe(found);
    expect(first?.action).toBe(press);
    expect(first?.advice).toContain(diagnosis.summary);
    expect(diagnosis.summary).toMatch(/^[^?]+[^.][.?]$/);
    expect(diagnosis.summary).not.toMatch(/\. |undefined|on \d/);
    for (const action of new Set(diagnosis.findings.map(({ action: one }) => one))) {
      const [call, body] = presses[action ?? ''] ?? [];
      if (call) expect((await desk.staff(call, body)).status).toBeLessThan(300);
    }
  });

  it('meets every finding', () => {
    const met = new Set(situations.flatMap(({ found }) => found.split(' ')));
    expect([...met].sort()).toEqual([...findingCodes].sort());
  });
});

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
const code = (text: string): string => `\`${text}\``;

const situationRow = (situation: Situation): string => {
  const { when, address, found, press } = situation;
  const { summary, findings } = told.get(situation) ?? { summary: '', findings: [] };
  const todo = findings[0]?.advice.slice(summary.length).trim() ?? '';
  const asked = address === undefined ? when : `${when} Asked: ${address}`;
  const codes = found.split(' ').map(code).join(', ');
  const picture = `[page](staff/${pictureOf(situation)})`;
  return row(asked, summary, todo, press ? code(press) : '', codes, picture);
};

const findingRow = (one: (typeof findingCodes)[number]): string => {
  const { severity, condition, silences = [] } = findings[one];
  const rest = findingCodes.slice(findingCodes.indexOf(one) + 1);
  const silenced =
    rest.length > 0 && silences.length === rest.length
      ? 'all below'
      : silences.map(code).join(', ');
  return row(code(one), severity, copy[one].title, condition, silenced);
};

const page = (): string => `# What the diagnosis finds

Written by \`npx vitest run test/shared/diagnosis/handbook.test.ts -u\`, which makes every situation
happen through the functions and presses what is advised.

## What happened, and what staff are told

The clock of these situations stands in June 2026 in Sydney. The first finding is shown, and the page
of the staff console with all of them. \`npm run pictures\` takes these pictures in a local run, whose clock
is moved to the same times: the same steps through its portal, then a browser signed in to its console.

| what happened | read aloud | and then | action | findings | staff console |
|---|---|---|---|---|---|
${situations.map(situationRow).join('\n')}

## Every finding

A diagnosis has every finding whose condition holds and that none above it leaves no room for, in the
order of this table, and always at least one. The action is the first of its remedies that the API
would accept now; if there is none, the advice says what to wait for.

| code | severity | title | found when | leaves no room for |
|---|---|---|---|---|
${findingCodes.map(findingRow).join('\n')}
`;

it('is the page docs/diagnosis.md', async () => {
  expect(told.size).toBe(situations.length);
  await expect(page()).toMatchFileSnapshot('../../../docs/diagnosis.md');
});
