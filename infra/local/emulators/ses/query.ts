import { randomUUID } from 'node:crypto';
import type { Answer } from '../../host/answer.ts';
import { AwsError } from '../aws-call.ts';

/** SES version 1 speaks AWS's Query protocol: a form in, XML out. */
const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => escapes[character] ?? character);

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body,
});

export const queryAnswer = (action: string, result: Readonly<Record<string, string>>): Answer => {
  const fields = Object.entries(result).map(
    ([name, text]) => `<${name}>${escaped(text)}</${name}>`,
  );
  return xml(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${fields.join('')}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );
};

const queryError = ({ code, message, status }: AwsError): Answer =>
  xml(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );

/** Answers errors as this protocol does. */
export const guardedQuery = async (work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    return queryError(
      error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500),
    );
  }
};

/** `Name.member.1`, `Name.member.2`, … */
export const members = (form: URLSearchParams, name: string): string[] => {
  const found: string[] = [];
  for (let index = 1; form.has(`${name}.member.${index}`); index += 1) {
    found.push(form.get(`${name}.member.${index}`) ?? '');
  }
  return found;
};

/** `Tags.member.1.Name` and `Tags.member.1.Value`, and so on. */
export const tagsIn = (form: URLSearchParams): Record<string, string> => {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    tags[form.get(`Tags.member.${index}.Name`) ?? ''] =
      form.get(`Tags.member.${index}.Value`) ?? '';
  }
  return tags;
};
