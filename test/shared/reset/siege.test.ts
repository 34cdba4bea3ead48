import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signIn } from '../../../shared/account/sign-in.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { regionOf } from '../../support/dependencies.ts';
import { inMemory, type Kept, nothingKept } from '../../support/in-memory.ts';
import { type Email, tokenIn } from '../../support/mailbox.ts';
import { ann, codeOf, done, jane, passwords } from '../../support/people.ts';

const [password = '', another = ''] = passwords;
const region = regionOf('AU');
const { limits } = region;
const email = jane.email.toLowerCase();
const second = 1000;
const hour = 60;
const day = 24 * hour;
/** Seconds: Cognito's own lockout of a user, which strangers can bring about, is shorter. */
const longestWait = 120;

/** What a stranger does in a minute; whom a pause stops guesses on as soon as it ends. */
type Stranger = (minute: number) => { readonly guesses: number; readonly requests: number };

const fixed: Record<string, Stranger> = {
  'never stops': () => ({ guesses: 6, requests: 2 }),
  'needs some 35 requests a day': (minute) => ({
    guesses: minute % hour === 0 ? 1 : 0,
    requests: minute % (3 * hour) === 0 ? 1 : 0,
  }),
  'asks three times in every hour': (minute) => ({
    guesses: minute % 10 === 0 ? 2 : 0,
    requests: minute % hour < 3 ? 1 : 0,
  }),
  'lets a day pass, then bursts': (minute) => {
    const isBurst = minute % (25 * hour) < 2 * hour;
    return { guesses: isBurst ? 3 : 0, requests: isBurst ? 1 : 0 };
  },
  'asks as soon as a link is old': (minute) => ({
    guesses: 1,
    requests: minute % (hour + 1) === 0 ? 1 : 0,
  }),
};
const anyStranger: fc.Arbitrary<Stranger> = fc
  .array(
    fc.record({
      period: fc.integer({ min: 1, max: 2 * day }),
      length: fc.integer({ min: 1, max: 5 * hour }),
      guesses: fc.integer({ min: 0, max: 6 }),
      requests: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((habits) => (minute: number) => {
    const now = habits.filter(({ period, length }) => minute % period < length);
    return {
      guesses: Math.max(0, ...now.map(({ guesses }) => guesses)),
      requests: Math.max(0, ...now.map(({ requests }) => requests)),
    };
  });

type World = ReturnType<typeof inMemory>;

const attack = async (world: World, stranger: Stranger, minute: number): Promise<void> => {
  const { guesses, requests } = stranger(minute);
  for (let count = 0; count < requests; count += 1) await requestReset(world, email);
  for (let count = 0; count < guesses; count += 1) {
    await signIn(world, { email, password: 'a guess of a stranger' });
  }
};

/** Minutes until she is signed in by an email, while the stranger goes on; undefined after an hour. */
const byEmail = async (kept: Kept, stranger: Stranger, from: number) => {
  const world = inMemory(region, structuredClone(kept));
  await requestReset(world, email);
  for (let minute = 0; minute <= hour; minute += 1) {
    await attack(world, stranger, from + minute);
    await world.drain();
    for (const link of links(world.mail.emails).slice(-3).reverse()) {
      const reset = await resetPassword(world, { link, password: another });
      if (codeOf(reset) !== 'done') continue;
      await attack(world, () => ({ guesses: 6, requests: 0 }), 0);
      const { device } = done(reset);
      if ((await waitOnDevice(world, device, another)) < longestWait) return minute;
    }
    await world.nextMinute();
  }
  return undefined;
};

const links = (emails: readonly Email[]): string[] =>
  emails.filter(({ kind }) => kind === 'password_reset').map(tokenIn);

/** Seconds until a known browser is let in, while a stranger guesses before each of her tries. */
const waitOnDevice = async (world: World, device: string | undefined, typed: string) => {
  for (let waited = 0; waited < longestWait; ) {
    const outcome = await signIn(world, { email, password: typed }, { device });
    if (codeOf(outcome) === 'done') return waited;
    const { retryAfter = 1 } =
      outcome instanceof Object && 'details' in outcome ? outcome.details : {};
    waited += retryAfter;
    Object.assign(world.kept, { now: world.kept.now + retryAfter * second });
    await attack(world, () => ({ guesses: 1, requests: 0 }), 0);
  }
  return Number.POSITIVE_INFINITY;
};

/** Jane has an account, and a browser that is known. */
const begun = async (stranger: Stranger) => {
  const kept = nothingKept(Date.UTC(2026, 5, 1));
  const world = inMemory(region, kept);
  done(await sendInvitation(world, jane, ann));
  await world.drain();
  const link = tokenIn(kept.emails[0] as Email);
  const { device } = done(await acceptInvitation(world, { link, password }));
  return { kept, world, device, attackFor: (minute: number) => attack(world, stranger, minute) };
};

const resetsIn = ({ emails }: Kept): number[] =>
  emails.filter(({ kind }) => kind === 'password_reset').map(({ at }) => at);

const besiege = async (stranger: Stranger, days: number, step: number) => {
  const { kept, world, device, attackFor } = await begun(stranger);
  const waits = { device: [] as number[], email: [] as (number | undefined)[] };
  for (let minute = 0; minute < days * day; minute += 1) {
    await attackFor(minute);
    await world.drain();
    if (minute % step === 0) {
      const fork = inMemory(region, structuredClone(kept));
      waits.device.push(await waitOnDevice(fork, device, password));
      waits.email.push(await byEmail(kept, stranger, minute));
    }
    await world.nextMinute();
  }
  return { ...waits, resets: resetsIn(kept) };
};

/** The most emails within any window of that length. */
const mostWithin = (times: readonly number[], seconds: number): number =>
  Math.max(
    0,
    ...times.map((end) => times.filter((at) => at <= end && at > end - seconds * second).length),
  );

const judge = ({ device, email: emails, resets }: Awaited<ReturnType<typeof besiege>>) => {
  expect(emails).not.toContain(undefined);
  expect(Math.max(...device)).toBeLessThan(longestWait);
  for (const { count, seconds } of limits.resetEmails) {
    expect(mostWithin(resets, seconds)).toBeLessThanOrEqual(count);
  }
};

describe('a week under siege: in at every hour on her device, within the hour by email', () => {
  it.each(Object.entries(fixed))('by a stranger who %s', async (name, stranger) => {
    const week = await besiege(stranger, 7, hour);
    if (process.env['SIEGE_FIGURES']) {
      const { device, email: emails, resets } = week;
      const waits = emails.map((wait) => wait ?? Number.POSITIVE_INFINITY);
      process.stderr.write(
        `${JSON.stringify({ name, tries: device.length, longestOnDevice: Math.max(...device), longestByEmail: Math.max(...waits), atOnce: waits.filter((wait) => wait === 0).length, emails: resets.length, mostInADay: mostWithin(resets, 86_400) })}\n`,
      );
    }
    judge(week);
  });

  it('even if she uses a link every hour: then only the shorter limits count', async () => {
    const { kept, world, attackFor } = await begun(fixed['never stops'] as Stranger);
    for (let minute = 0; minute < 2 * day; minute += 1) {
      await attackFor(minute);
      if (minute % hour === 0) await requestReset(world, email);
      await world.drain();
      const used = minute % hour === 59 ? links(kept.emails).at(-1) : undefined;
      if (used !== undefined) {
        const choice = { link: used, password: passwords[(minute - 59) % 120 === 0 ? 1 : 2] ?? '' };
        done(await resetPassword(world, choice));
      }
      await world.nextMinute();
    }
    const sent = resetsIn(kept);
    expect(mostWithin(sent, 3600)).toBeLessThanOrEqual(3);
    expect(mostWithin(sent, 60)).toBe(1);
  });

  it('by any', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyStranger,
        fc.integer({ min: 30, max: 6 * hour }),
        async (stranger, step) => judge(await besiege(stranger, 3, step)),
      ),
      { numRuns: 12 },
    );
  });
});
