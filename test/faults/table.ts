import type { RegionCode } from '../../shared/core/region.ts';
import { linkIn } from '../support/portal-calls.ts';
import { busy, stillIn, unfinished, violationsOf } from './checks.ts';
import type { Fault } from './fault.ts';
import { type Flow, flows, repeated } from './flows.ts';
import { found, settled } from './poll.ts';
import type { Call } from './proxy.ts';
import { newStage, type Stage } from './stage.ts';
import { Whom } from './whom.ts';
import type { World } from './world.ts';

/** One row of the table, and what befalls it. */
export type Case = {
  readonly flow: string;
  /** `PutItem 2` is the second of its kind; in brackets, one that names no contact. */
  readonly call: string;
  readonly fault: Fault;
};
export type Played = Case & {
  readonly name: string;
  /** False if the flow did not make the call this time. */
  readonly isStruck: boolean;
  readonly violations: readonly string[];
  /** What it broke at first, and not when it was repeated alone. */
  readonly doubts?: readonly string[];
  /** What the case knows and nothing may store: passwords, links, cookies. */
  readonly secrets: readonly string[];
};

export const nameOf = ({ flow, call, fault }: Case): string => `${flow}, ${call}, ${fault}`;

type Watcher = (call: Call, isAnonymous: boolean) => Fault | undefined;

/** Cases that would befall others too: they have a region to themselves. */
export const isExclusive = ({ call, fault }: Case): boolean =>
  call.startsWith('(') || fault.startsWith('killed');

/** Names calls as they come; all tries of one call have one name. */
const naming = () => {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  return ({ id, operation }: Call, isAnonymous: boolean): string => {
    const known = names.get(id);
    if (known) return known;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const ordinal = count === 1 ? operation : `${operation} ${count}`;
    const name = isAnonymous ? `(${operation})` : ordinal;
    names.set(id, name);
    return name;
  };
};

/**
 * Plays flows in a world. Unbroken, a flow tells which calls its function makes; every other time
 * one fault befalls one of them.
 */
export class Table {
  private readonly world: World;
  private readonly watchers = new Map<string, Watcher>();
  /** Who watches the calls of a region's function that name no contact. */
  private readonly anonymous = new Map<string, Watcher>();
  private readonly whom = new Whom();

  constructor(world: World) {
    this.world = world;
    world.proxy.strike = (call) => this.strike(call);
  }

  /**
   * The calls of AWS that the flow's function makes, in order.
   * @throws Error if the flow does not end as it should with nothing broken
   */
  async record(name: string, region: RegionCode): Promise<string[]> {
    const calls = new Set<string>();
    const named = naming();
    const [, violations] = await this.perform(name, region, true, (call, isAnonymous) => {
      calls.add(named(call, isAnonymous));
      return undefined;
    });
    if (violations.length > 0) throw new Error(`Unbroken, ${name}: ${violations.join('; ')}.`);
    return [...calls];
  }

  async play(one: Case, region: RegionCode): Promise<Played> {
    const named = naming();
    let struck: string | undefined;
    const [stage, violations] = await this.perform(
      one.flow,
      region,
      isExclusive(one),
      (call, isAnonymous) => {
        if (named(call, isAnonymous) !== one.call) return undefined;
        struck ??= call.id;
        return call.id === struck ? one.fault : undefined;
      },
    );
    const isStruck = struck !== undefined;
    return { ...one, name: nameOf(one), isStruck, violations, secrets: await secretsOf(stage) };
  }

  /** A whole flow: what was before, the act and its repetitions, and what is wrong at the end. */
  private async perform(
    name: string,
    region: RegionCode,
    isAlone: boolean,
    watcher: Watcher,
  ): Promise<[Stage, string[]]> {
    const flow = flows[name];
    if (!flow) throw new Error(`There is no flow ${name}.`);
    const stage = newStage(this.world, region);
    await flow.given(stage);
    await settled(() => busy(this.world, stage));
    // What a function does at its start belongs to the flow.
    if (isAlone) await this.world.local.kill(region, flow.function);
    this.watchers.set(stage.tag, onlyOf(flow, watcher));
    const anonymously = `${region} ${flow.function}`;
    if (isAlone && flow.function !== 'sweep') this.anonymous.set(anonymously, watcher);
    const late = await repeated(flow, stage);
    const end = flow.end(stage);
    const isOut = end.status === 'revoked' || end.status === 'never_invited';
    const outlived = isOut && !late ? await stillIn(stage) : [];
    if (isAlone && flow.function === 'sweep') {
      await this.untilDue(stage);
      this.anonymous.set(anonymously, watcher);
    }
    const { usersOf } = this.whom;
    await settled(() => unfinished(this.world, stage, end, usersOf));
    await settled(() => busy(this.world, stage), 5_000);
    this.anonymous.delete(anonymously);
    this.watchers.delete(stage.tag);
    const violations = late
      ? [late]
      : [...outlived, ...(await violationsOf(this.world, stage, end, usersOf))];
    return [stage, violations];
  }

  /** Something waits for the sweep from now on. */
  private untilDue({ region, tag }: Stage): Promise<boolean> {
    return found('something due', async () => {
      const item = await this.world.item(region, `CONTACT#${tag}`, 'CONTACT');
      return Number(item?.['dueAt']) < Date.now() + 1_000 || undefined;
    });
  }

  private strike(call: Call): Fault | undefined {
    const tag = this.whom.about(call);
    if (tag !== undefined) return this.watchers.get(tag)?.(call, false);
    return this.anonymous.get(`${call.region} ${call.function}`)?.(call, true);
  }
}

/** Only what the flow's own function calls is watched; before that, what the flow breaks itself. */
const onlyOf = (
  { function: name, withoutMail, withoutAccounts }: Flow,
  watcher: Watcher,
): Watcher => {
  let broken: string | undefined;
  return (call, isAnonymous) => {
    const isTheirs =
      (withoutMail && call.operation === 'SendRawEmail') ||
      (withoutAccounts && call.operation === 'AdminSetUserPassword');
    if (isTheirs) broken ??= call.id;
    if (isTheirs && call.id === broken) return withoutMail ? 'refused' : 'timed out after';
    return call.function === name ? watcher(call, isAnonymous) : undefined;
  };
};

/** What a case knows and nothing may store. */
export const secretsOf = async ({
  passwords,
  browser,
  emails,
  person,
  tag,
}: Stage): Promise<string[]> => {
  const arrived = await Promise.all([emails(), emails(`new.${person.email}`)]);
  const tokens = arrived.flat().map((email) => linkIn(email).token);
  const halves = [...tokens, ...browser.cookies.values()].map((one) =>
    one.slice(one.lastIndexOf('.') + 1),
  );
  return [...Object.values(passwords), ...halves].filter((one) => one !== '' && one !== tag);
};
