import { LocalError } from '../../host/local-error.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One comparison of a pattern's list; `undefined` is a field that is not there. */
const matchesRule = (rule: unknown, value: unknown): boolean => {
  if (!isFields(rule)) return rule === value;
  const [[name, argument] = ['', undefined]] = Object.entries(rule);
  if (name === 'exists') return (value !== undefined) === argument;
  if (value === undefined) return false;
  if (name === 'prefix') return typeof value === 'string' && value.startsWith(String(argument));
  if (name === 'suffix') return typeof value === 'string' && value.endsWith(String(argument));
  if (name === 'equals-ignore-case') {
    return typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase();
  }
  if (name === 'anything-but') {
    const refused = Array.isArray(argument) ? argument : [argument];
    return !refused.some((one) => matchesRule(one, value));
  }
  throw new LocalError(`The event filter '${name}' is not known here.`);
};

/**
 * Whether an event has what a filter pattern asks for: every field of the pattern, each by any of
 * its rules (AWS Lambda Developer Guide, 'Control which events Lambda sends to your function';
 * numeric ranges are not part of this run). `exists` looks only at leaves, as on AWS.
 */
export const matches = (pattern: unknown, event: unknown): boolean => {
  if (!isFields(pattern)) return false;
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = isFields(event) ? event[field] : undefined;
    if (isFields(wanted)) return matches(wanted, value);
    const rules = Array.isArray(wanted) ? wanted : [];
    return rules.some((rule) => matchesRule(rule, isFields(value) ? undefined : value));
  });
};
