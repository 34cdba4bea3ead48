import { queryItems } from '../../shared/aws/table/dynamodb.ts';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { acceptInvitation } from '../../shared/invitation/accept-invitation.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import type { TestDependencies } from './dependencies.ts';
import { type Email, tokenIn } from './mailbox.ts';

export type Person = { readonly contactId: string; readonly email: string; readonly name: string };

export const jane: Person = { contactId: 'C-1', email: 'Jane@example.com', name: 'Jane Doe' };
export const ann = { actor: 'crm/ann' };
export const passwords = ['a quiet green kettle', 'nine lamps by the river', 'two boats at dusk'];

/** What an action answered, or the test ends here. */
export const done = <T>(outcome: T): Exclude<T, Refusal> => {
  if (isRefusal(outcome)) throw new Error(`It was refused: ${outcome.code}.`);
  return outcome as Exclude<T, Refusal>;
};

export const codeOf = (outcome: unknown): string => (isRefusal(outcome) ? outcome.code : 'done');

/** The newest email that an address got. */
export const newest = (deps: TestDependencies, to: string, kind?: Email['kind']): Email => {
  const email = deps.mail.to(to).findLast((one) => kind === undefined || one.kind === kind);
  if (!email) throw new Error('No such email came.');
  return email;
};

export const newestLink = (deps: TestDependencies, to: string, kind?: Email['kind']): string =>
  tokenIn(newest(deps, to, kind));

/** Staff press *Send Invitation* and the email goes out. */
export const invite = async (deps: TestDependencies, person: Person = jane): Promise<string> => {
  done(await sendInvitation(deps, person, ann));
  await deps.drain();
  return newestLink(deps, person.email);
};

/** An invited client makes the account. */
export const join = async (
  deps: TestDependencies,
  person: Person = jane,
  password = passwords[0] ?? '',
): Promise<void> => {
  const link = await invite(deps, person);
  done(await acceptInvitation(deps, { link, password }));
  await deps.drain();
};

/** What the timeline of a contact tells, oldest first. */
export const timelineOf = async (
  { table }: TestDependencies,
  contactId: string,
): Promise<unknown[]> => {
  const { items } = await queryItems(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :at)',
    values: { ':pk': `CONTACT#${contactId}`, ':at': 'AT#' },
  });
  return items.map(({ entry }) => (entry as { what: unknown }).what);
};
