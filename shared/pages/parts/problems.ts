import { inWords } from '../../core/duration.ts';
import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import { copy } from './copy.ts';

export type Field = keyof typeof copy.problems.fields;

/** In the order in which forms have them. */
export const fields = Object.keys(copy.problems.fields) as Field[];

/** What is wrong with a form, in words, field by field. */
export type Problems = { readonly [F in Field]?: string };

const isField = (path: string): path is Field => fields.some((field) => field === path);

const aboutFields: readonly RefusalCode[] = [
  'invalid_request',
  'weak_password',
  'invalid_credentials',
  'too_many_attempts',
];

/** Whether the client can mend it in the form: such a refusal draws the form again. */
export const isAboutFields = ({ code }: Refusal): boolean => aboutFields.includes(code);

/**
 * The problems of a form that was refused.
 * @param proof the field in which the client proved who they are
 */
export const problemsOf = (
  { code, details }: Refusal,
  proof: 'password' | 'currentPassword' = 'password',
): Problems => {
  if (code === 'weak_password') {
    const reasons = (details.reasons ?? []).map((reason) => copy.problems.reasons[reason]);
    return { password: reasons.join(' ') };
  }
  if (code === 'invalid_credentials') return { [proof]: copy.problems.wrong[proof] };
  if (code === 'too_many_attempts') {
    return { [proof]: copy.problems.tooMany(inWords(details.retryAfter ?? 60)) };
  }
  const invalid = (details.errors ?? []).map(({ path }) => path).filter(isField);
  return Object.fromEntries(invalid.map((field) => [field, copy.problems.fields[field]]));
};
