import type { End } from './flows.ts';
import { type Complaint, settled } from './poll.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/** Minute for which staff may be told what is no longer true. */
const staleMs = 60_000;

type Stored = {
  readonly generation: number;
  readonly sequence: number;
  readonly changing?: unknown;
  readonly delivery?: { readonly state: string };
  readonly invitation?: { readonly state: string; readonly username?: string };
  readonly outbox: Readonly<Record<string, readonly unknown[] | object>>;
};

const storedOf = async ({ item }: World, { region, tag }: Stage): Promise<Stored | undefined> =>
  (await item(region, `CONTACT#${tag}`, 'CONTACT'))?.['contact'] as Stored | undefined;

/** The Cognito users of a contact: those that a write about it named. */
export type UsersOf = (tag: string) => readonly string[];

/** What is still going on about a contact: an email's way ends when its delivery is reported. */
export const busy = async (world: World, stage: Stage): Promise<Complaint> => {
  const stored = await storedOf(world, stage);
  const state = stored?.delivery?.state ?? 'delivered';
  return leftIn(stored) ?? (state === 'delivered' ? undefined : `an email is ${state}`);
};

const leftIn = (stored: Stored | undefined): Complaint => {
  const left = Object.entries(stored?.outbox ?? {}).find(([, list]) =>
    Array.isArray(list) ? list.length > 0 : true,
  );
  return left && `${left[0]} are left in the outbox`;
};

/** What is not yet as it must be at last; nobody but the machinery does anything meanwhile. */
export const unfinished = async (
  world: World,
  stage: Stage,
  { status, address, due = [], isTold }: End,
  usersOf: UsersOf,
): Promise<Complaint> => {
  for (const [kind, to] of due) {
    const came = world.proxy.sent.some((one) => one.kind === kind && one.to === to);
    if (!came) return `no ${kind} email came`;
  }
  const stored = await storedOf(world, stage);
  const left = leftIn(stored);
  if (left) return left;
  if (stored?.changing) return 'a password change never ended';
  const heard = world.proxy.heard.filter(({ contactId }) => contactId === stage.tag);
  const numbers = new Set(heard.map(({ sequence }) => sequence));
  if (numbers.size !== stored?.sequence) return 'an event was not heard';
  const told = new Set(
    world.receiver.taken.flatMap((one) => (one.contactId === stage.tag ? [one.sequence] : [])),
  );
  if (isTold && told.size !== numbers.size) return 'an event did not reach the CRM';
  const expected = status === 'accepted' ? [stored?.invitation?.username?.toLowerCase()] : [];
  const users = world.users();
  const existing = usersOf(stage.tag).filter((name) => users.has(name));
  if (existing.join() !== expected.join()) {
    return `${existing.length} accounts, not ${expected.length}`;
  }
  const claim = await world.item(stage.region, `EMAIL#${address ?? stage.person.email}`, 'CLAIM');
  if (address && claim?.['contactId'] !== stage.tag) return 'the address is not claimed';
  // A claim of somebody revoked counts for nothing; of somebody erased, none may be left.
  if (status === 'never_invited' && claim) return 'a claim outlived the erasure';
  return undefined;
};

/** What the status call says otherwise than the end of the flow. */
const untrue = async ({ staff }: Stage, { status, address, due }: End): Promise<Complaint> => {
  const { status: code, body } = await staff('GET');
  if (code !== 200) return `the status is answered ${code}`;
  if (body['status'] !== status) return `the status says ${body['status']}, not ${status}`;
  if (address && body['email'] !== address) return 'the status shows another address';
  const { state } = (body['delivery'] ?? {}) as { state?: string };
  return due && state === 'queued' ? 'the status says that a sent email is queued' : undefined;
};

/** Emails that came more often than once and once more, and events of one number that differ. */
const floods = ({ proxy }: World, { tag }: Stage): string[] => {
  const heard = Map.groupBy(
    proxy.heard.filter(({ contactId }) => contactId === tag),
    ({ sequence }) => sequence,
  );
  const differ = [...heard.values()].some((same) => new Set(same.map(({ id }) => id)).size > 1);
  const counts = Map.groupBy(
    proxy.sent.filter(({ to }) => to.includes(tag)),
    ({ emailId }) => emailId,
  );
  return [
    ...[...counts.values()]
      .filter(({ length }) => length > 2)
      .map(([one]) => `a ${one?.kind} email came too often`),
    ...(differ ? ['two events have one number'] : []),
  ];
};

/** Every link that was used or is older opens nothing, and changes nothing. */
const reused = async (stage: Stage, address: string, isReset = false): Promise<string[]> => {
  const links = [
    ['invitation', '/api/invitation-acceptances'],
    // Where no password was reset, a link that was emailed is still good.
    ...(isReset ? ([['reset-password', '/api/password-resets']] as const) : []),
  ] as const;
  for (const [page, path] of links) {
    for (const token of await stage.tokens(page, address)) {
      const { status } = await stage.send('POST', path, { token, password: stage.passwords.never });
      if (status < 300) return ['a used link changed the password again'];
    }
  }
  return [];
};

/** Whoever is or may be a client gets in, without staff. */
const getsIn = async (stage: Stage, end: End, address: string): Promise<Complaint> => {
  if (end.status === 'pending') {
    await stage.until('an acceptance', () => stage.accept(stage.passwords.other));
    return answered(stage, stage.passwords.other, address);
  }
  if (end.password !== undefined) return answered(stage, end.password, address);
  const before = (await stage.tokens('reset-password', address)).length;
  await stage.until('a reset request', () => stage.askForReset(address));
  const late = await settled(async () => {
    const links = await stage.tokens('reset-password', address);
    if (links.length <= before) return 'no reset email came';
    const { status } = await stage.reset(stage.passwords.other, address);
    return status < 300 ? undefined : `the reset is answered ${status}`;
  });
  return late ?? answered(stage, stage.passwords.other, address);
};

const answered = (stage: Stage, password: string, address: string): Promise<Complaint> =>
  settled(async () => {
    const { status } = await stage.signIn(password, address);
    return status === 204 ? undefined : `the sign-in is answered ${status}`;
  });

/** Who is out: neither the session that was open nor the password opens anything. */
export const stillIn = async (stage: Stage): Promise<string[]> => {
  const session = await stage.send('GET', '/api/session');
  const signIn = await stage.signIn(stage.passwords.first);
  return [
    ...(session.status === 200 ? ['a session outlived the access'] : []),
    ...(signIn.status < 300 ? ['the password outlived the access'] : []),
  ];
};

const sessionAs = async (stage: Stage, isSignedIn: boolean): Promise<string[]> => {
  const { status } = await stage.send('GET', '/api/session');
  if ((status === 200) === isSignedIn) return [];
  return [isSignedIn ? 'the session is gone' : 'the session did not end'];
};

/** All that is promised, after a fault, a client or staff who tried again, and the sweep. */
export const violationsOf = async (
  world: World,
  stage: Stage,
  end: End,
  usersOf: UsersOf,
): Promise<string[]> => {
  const isIn = end.status === 'accepted' || end.status === 'pending';
  const found: string[] =
    end.isSignedIn === undefined ? [] : await sessionAs(stage, end.isSignedIn);
  const note = (complaint: Complaint) => {
    if (complaint !== undefined) found.push(complaint);
  };
  note(await settled(() => unfinished(world, stage, end, usersOf)));
  note(await settled(() => untrue(stage, end), staleMs));
  if (!isIn) found.push(...(await stillIn(stage)));
  const address = end.address ?? stage.person.email;
  if (isIn) note(await getsIn(stage, end, address));
  if (isIn) {
    found.push(...(await reused(stage, address, end.isReset ?? end.password === undefined)));
    const password = end.status === 'pending' ? stage.passwords.other : end.password;
    note(await answered(stage, password ?? stage.passwords.other, address));
  }
  return [...found, ...floods(world, stage)];
};
