import type { ClientCalls, Problem } from './client-calls.ts';

export type { ClientCalls } from './client-calls.ts';

export type StaffClientOptions = {
  /** The region's portal, such as `https://customer.gjgardner.com.au`. */
  readonly origin: string;
  /** A bearer token, or how to get one; it is asked for before every call. */
  readonly token: string | (() => string | Promise<string>);
  /** With an application's own token: the person who pressed the button. */
  readonly actor?: string;
  /** How long a call may take, in milliseconds: 15 seconds unless said otherwise. */
  readonly patience?: number;
};

type Details = Pick<Problem, 'code' | 'status'> & Partial<Omit<Problem, 'title'>>;

/** A call that was refused, or did not get through. */
export class StaffProblem extends Error {
  readonly code: string;
  readonly status: number;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;
  readonly problem: Details;

  constructor(title: string, problem: Details, retryAfter: number | undefined) {
    super(title);
    this.code = problem.code;
    this.status = problem.status;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }
}

type RequestParts = {
  readonly contactId?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
};

/** How long a call may take, in milliseconds: longer than the API takes to give up itself. */
const usualPatience = 15_000;

const pathOf = (template: string, { contactId = '', query = {} }: RequestParts): string => {
  const path = template.replace('{contactId}', encodeURIComponent(contactId));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(
    Object.fromEntries(asked.map(([name, value]) => [name, String(value)])),
  );
  return asked.length > 0 ? `${path}?${search}` : path;
};

/**
 * The staff API of one region, typed by the schemas that validate it:
 * `await call('POST /staff/contacts/{contactId}/invitation', { contactId, body: { email, name } })`.
 */
export const staffClient =
  ({ origin, token, actor, patience = usualPatience }: StaffClientOptions) =>
  /** @throws StaffProblem for every answer that is not what was asked for */
  async <Name extends keyof ClientCalls>(
    name: Name,
    request: ClientCalls[Name]['request'],
  ): Promise<ClientCalls[Name]['response']> => {
    const given = request as RequestParts;
    const [method = '', template = ''] = name.split(' ');
    const response = await fetch(origin + pathOf(template, given), {
      method,
      signal: AbortSignal.timeout(patience),
      headers: {
        Authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
        ...(actor !== undefined && { 'Portal-Actor': actor }),
        ...(given.idempotencyKey !== undefined && { 'Idempotency-Key': given.idempotencyKey }),
        ...(given.body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : jsonIn(text);
    if (response.ok && answer !== notJson) return answer as ClientCalls[Name]['response'];
    throw problemIn(response, answer);
  };

const notJson = Symbol('not JSON');

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
};

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer;

/** Whatever stands between may answer too, and not in our form. */
const problemIn = ({ status, headers }: Response, answer: unknown): StaffProblem => {
  const after = headers.get('retry-after');
  const retryAfter = after === null ? undefined : Number(after);
  if (!isProblem(answer)) {
    const title = 'The answer was not understood.';
    return new StaffProblem(title, { status, code: 'not_understood' }, retryAfter);
  }
  const { title, ...problem } = answer;
  return new StaffProblem(title, problem, retryAfter);
};
