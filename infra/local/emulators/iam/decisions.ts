import { isAllowed, type Question } from './decide.ts';
import type { Statement } from './roles.ts';

const leading = 'dynamodb:LeadingKeys';

/** Whether a role asks of partition keys only which kind they are: `CONTACT#*`. */
const asksForKinds = (statements: readonly Statement[]): boolean =>
  statements
    .flatMap(({ Condition = {} }) => Object.entries(Condition))
    .filter(([operator]) => operator !== 'Null')
    .flatMap(([, keys]) => keys[leading] ?? [])
    .every((pattern) => /^[^*?#]+#\*$/.test(pattern));

const kindOf = (key: string): string => key.slice(0, key.indexOf('#') + 1) || key;

/**
 * What a role allows, each question decided once: the simulation costs more than the call that it
 * is about. Keys of one kind are one question where the role cannot tell them apart.
 */
export const decisionsOf = (statements: readonly Statement[]) => {
  const byKind = asksForKinds(statements);
  const made = new Map<string, Promise<boolean>>();
  return (question: Question): Promise<boolean> => {
    const { [leading]: keys, ...context } = question.context;
    if (keys && !byKind) return isAllowed(statements, question);
    const kinds = keys && [...new Set(keys.map(kindOf))].sort();
    const asked = { ...question, context: { ...context, ...(kinds && { [leading]: kinds }) } };
    const text = JSON.stringify(asked);
    const decision = made.get(text) ?? isAllowed(statements, asked);
    made.set(text, decision);
    return decision;
  };
};
