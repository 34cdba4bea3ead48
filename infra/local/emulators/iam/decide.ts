import type { Statement } from './roles.ts';

/** What IAM is asked: may this be done to all of these, under these circumstances? */
export type Question = {
  /** With its service: `dynamodb:PutItem`. */
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys and their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
};

const matches = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(value);

type Operator = (allowed: readonly string[], values: readonly string[]) => boolean;

/** The condition operators that our roles use; one that is not known here holds never. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (allowed, values) => values.some((value) => allowed.includes(value)),
  'ForAllValues:StringLike': (allowed, values) =>
    values.every((value) => allowed.some((pattern) => matches(pattern, value))),
};

const holds = ({ Condition = {} }: Statement, { context }: Question): boolean =>
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, allowed]) => {
      const values = context[key] ?? [];
      return values.length > 0 && (operators[operator]?.(allowed, values) ?? false);
    }),
  );

/** The statement that allows an action on one resource, if any. */
const allowing = (
  statements: readonly Statement[],
  question: Question,
  resource: string,
): Statement | undefined =>
  statements.find(
    (statement) =>
      statement.Action.includes(question.action) &&
      statement.Resource.some((pattern) => matches(pattern, resource)) &&
      holds(statement, question),
  );

/** Whether a role allows an action on every resource that it touches. */
export const isAllowed = (statements: readonly Statement[], question: Question): boolean =>
  question.resources.every((resource) => allowing(statements, question, resource) !== undefined);
