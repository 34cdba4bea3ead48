import { createHash } from 'node:crypto';
import type { staffClient } from '../../../shared/api/client.ts';
import { StaffProblem } from '../../../shared/api/client.ts';
import { problems, statusOfRefusal } from '../../../shared/api/problems.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/core/refusal.ts';
import type { Region } from '../../../shared/core/region.ts';
import type { StaffTokens } from '../../../shared/staff/sealed-tokens.ts';
import { readSession } from '../../../shared/staff/session.ts';
import { messagePage } from '../../../shared/staff-console/message.ts';
import { copy } from '../../../shared/staff-console/parts/copy.ts';
import type { Visit } from '../../../shared/staff-console/parts/layout.ts';
import { expiredPage, framedSignInPage } from '../../../shared/staff-console/sign-in.ts';
import { retryAfterHeader } from '../../http/problem.ts';
import type { Request } from '../../http/request.ts';
import { html, type Response, seeOther } from '../../http/response.ts';
import type { Outcome, Route } from '../../http/route.ts';
import { sessionSecret } from './cookies.ts';
import type { Dependencies } from './dependencies.ts';
import { home, ownPage, withQuery } from './own-page.ts';
import { refusedHtml } from './refused-html.ts';

/** The staff API of the region, called with the person's own token. */
export type StaffApi = ReturnType<typeof staffClient>;

/** A request of somebody who is signed in. */
export type SignedIn = {
  readonly request: Request;
  /** Who it is and what their token allows, for the page around the content. */
  readonly visit: Visit;
  readonly api: StaffApi;
  readonly deps: Dependencies;
};

/** Whether the page is one in a frame of the CRM. */
export const isEmbedded = ({ query }: Request): boolean => query['embed'] !== undefined;

/** Where a person signs in to come back to a page. */
export const signInPath = (back: string): string =>
  `/staff-console/sign-in${back === home ? '' : `?return=${encodeURIComponent(back)}`}`;

/** The fields of a form as they were sent; one that was sent several times is a list. */
const fieldsOf = (body: unknown): [name: string, value: string][] =>
  Object.entries(body ?? {}).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );

/**
 * Signs the person in and brings them back. In a frame, and for a form whose session ended before it
 * was sent, by a tab of its own.
 */
const signInFirst = (request: Request, region: Region): Response => {
  const { method, path, body } = request;
  const signIn = signInPath(ownPage(withQuery(request)));
  const embedded = isEmbedded(request);
  const fields = method === 'POST' ? fieldsOf(body) : [];
  if (fields.some(([name]) => name !== 'person')) {
    const action = embedded ? `${path}?embed` : path;
    return html(401, expiredPage({ region, signIn, isEmbedded: embedded, action, fields }));
  }
  return embedded
    ? html(401, framedSignInPage({ region, signIn, again: `${path}?embed` }))
    : seeOther(signIn);
};

/** A refusal as a page of the console. */
export const presentInConsole = (refusal: Refusal, request: Request, region: Region): Response => {
  if (refusal.code === 'not_signed_in') return signInFirst(request, region);
  const { code } = refusal;
  const [, title] = problems[code];
  const page = html(
    statusOfRefusal(code),
    messagePage({ region, code, title, isEmbedded: isEmbedded(request) }),
  );
  return { ...page, headers: { ...page.headers, ...retryAfterHeader(refusal) } };
};

/** What the API could not answer as it was asked, as a page: there is nothing else to show. */
const problemPage = (problem: StaffProblem, { request, visit }: SignedIn): Response =>
  refusedHtml(
    problem,
    messagePage({
      region: visit.region,
      code: problem.code,
      title: problem.message,
      isEmbedded: isEmbedded(request),
    }),
  );

const otherPerson = { code: 'other_person', title: copy.messages.other_person.title };

/** Tells one person from another on their pages; providers may use an address as the subject. */
const personOf = ({ subject, name }: StaffTokens): string =>
  createHash('sha256')
    .update(subject ?? name)
    .digest('base64url')
    .slice(0, 16);

/** Whether it comes from a page that somebody else opened, before this person signed in. */
const isOfAnother = ({ body, query }: Request, person: string): boolean => {
  const sent = fieldsOf(body).find(([name]) => name === 'person')?.[1] ?? query['watch'];
  return sent !== undefined && sent !== '' && sent !== person;
};

/** A route of the console for who is signed in: it looks, or takes a form of a page of ours. */
export const consoleRoute = (
  answer: (signedIn: SignedIn) => Promise<Outcome> | Outcome,
  accepts?: 'form',
): Route<Dependencies> => ({
  ...(accepts && { accepts }),
  present: presentInConsole,
  answer: async (request, deps) => {
    const { region, settings } = deps;
    // What a page asks by itself keeps nobody signed in.
    const isActivity = request.query['watch'] === undefined;
    const session = await readSession(deps, sessionSecret(request, region), isActivity);
    if (isRefusal(session)) return session;
    const { name, scopes, accessToken } = session.tokens;
    const canWrite = scopes.includes(settings.writeScope);
    const person = personOf(session.tokens);
    const visit = { region, name, person, canWrite, isEmbedded: isEmbedded(request) };
    if (isOfAnother(request, person)) {
      return html(409, messagePage({ ...otherPerson, region, isEmbedded: visit.isEmbedded }));
    }
    const signedIn = { request, deps, visit, api: deps.apiFor(accessToken) };
    try {
      return await answer(signedIn);
    } catch (error) {
      if (!(error instanceof StaffProblem)) throw error;
      return error.status === 401 ? refuse('not_signed_in') : problemPage(error, signedIn);
    }
  },
});
