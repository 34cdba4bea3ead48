import type { StaffApi } from '../../functions/staff-console/session/signed-in.ts';
import { StaffProblem } from '../../shared/api/client.ts';
import type { Problem } from '../../shared/api/client-calls.ts';
import { staffOn } from './calling.ts';
import type { TestDependencies } from './dependencies.ts';

/** The staff API's own functions on a test's own region, as the console's client calls them. */
export const staffApiOn = (deps: TestDependencies): StaffApi =>
  (async (name: string, given: Record<string, unknown> = {}) => {
    const asked = Object.entries((given['query'] ?? {}) as object);
    const query = Object.fromEntries(asked.map(([key, value]) => [key, String(value)]));
    const key = given['idempotencyKey'];
    const call = name.replace('{contactId}', String(given['contactId']));
    const { status, headers, body } = await staffOn(deps)(call, given['body'], {
      query,
      headers: key === undefined ? {} : { 'Idempotency-Key': String(key) },
    });
    if (status < 400) return body;
    const after = headers['Retry-After'];
    const problem = body as unknown as Problem;
    throw new StaffProblem(problem.title, problem, after === undefined ? undefined : Number(after));
  }) as unknown as StaffApi;
