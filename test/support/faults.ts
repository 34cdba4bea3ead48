import type { Call, TestDependencies } from './dependencies.ts';

/**
 * What goes wrong at one call, after the SDK's own tries. `before`: nothing was done; `after`: it was
 * done and its answer is lost; a killed function makes no call any more.
 */
export const faults = [
  'refused',
  'throttled',
  'timed out before',
  'timed out after',
  'reset after',
  'garbled after',
  'killed before',
  'killed after',
] as const;
export type Fault = (typeof faults)[number];

/** The name by which the SDK throws it. */
const names: Record<Fault, string> = {
  refused: 'AccessDeniedException',
  throttled: 'ThrottlingException',
  'timed out before': 'TimeoutError',
  'timed out after': 'TimeoutError',
  'reset after': 'ECONNRESET',
  'garbled after': 'SyntaxError',
  'killed before': 'Killed',
  'killed after': 'Killed',
};

export class Broken extends Error {
  constructor(fault: Fault) {
    super(fault);
    this.name = names[fault];
  }
}

const before = ['refused', 'throttled', 'timed out before'] as const;
const after = ['timed out after', 'reset after', 'garbled after'] as const;

/**
 * The faults to try at a call. Whatever the table throws is one thing to a function, so each of its
 * calls gets one fault before and one after its effect, in turn; accounts and mail get them all.
 */
export const faultsOf = ({ to }: Call, index: number): readonly Fault[] =>
  to === 'table'
    ? [
        before[index % 3] ?? before[0],
        after[index % 3] ?? after[0],
        'killed before',
        'killed after',
      ]
    : faults;

/** Notes the calls that something makes. */
export const callsOf = async (
  { trouble }: TestDependencies,
  act: () => Promise<unknown>,
): Promise<Call[]> => {
  const calls: Call[] = [];
  trouble.before = (call) => {
    calls.push(call);
  };
  await act();
  trouble.before = undefined;
  return calls;
};

/** Lets the fault befall the call of that index; the calls after it work, unless it killed. */
export const breakCall = ({ trouble }: TestDependencies, index: number, fault: Fault): void => {
  let count = -1;
  let isKilled = false;
  const isAfter = fault.endsWith('after');
  const strike = (isNow: boolean) => {
    if (!isNow) return;
    isKilled = fault.startsWith('killed');
    throw new Broken(fault);
  };
  trouble.before = () => {
    count += 1;
    if (isKilled) throw new Broken(fault);
    strike(count === index && !isAfter);
  };
  trouble.after = () => strike(count === index && isAfter);
};

export const mend = ({ trouble }: TestDependencies): void => {
  trouble.before = undefined;
  trouble.after = undefined;
};

/** What the adapters of accounts and mail make of a fault: a value for each call that has one. */
const answers: Record<string, (fault: Fault) => string> = {
  create: (fault) => (fault === 'throttled' ? 'throttled' : 'unknown'),
  setPassword: (fault) => (fault === 'throttled' ? 'throttled' : 'unknown'),
  checkPassword: (fault) => (fault === 'throttled' ? 'throttled' : 'unknown'),
  send: (fault) => (['refused', 'throttled'].includes(fault) ? 'unavailable' : 'unknown'),
};

const answering = <Port extends object>(port: Port): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      const answer = answers[String(name)];
      if (typeof member !== 'function' || !answer) return member;
      return async (...given: unknown[]) => {
        try {
          return (await Reflect.apply(member, target, given)) as unknown;
        } catch (error) {
          if (!(error instanceof Broken) || error.name === 'Killed') throw error;
          return answer(error.message as Fault);
        }
      };
    },
  });

/** The same dependencies, with ports that answer faults as the adapters do. */
export const withAdapters = (deps: TestDependencies): TestDependencies => ({
  ...deps,
  accounts: answering(deps.accounts),
  mail: answering(deps.mail),
});
