import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';
import type { Invoke } from '../lambda/outcome.ts';
import type { AuthorizerDefinition } from '../template/rest-api.ts';
import type { RequestContext } from './context.ts';
import type { GatewayAnswerType } from './gateway-answer.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policySchema = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.enum(['Allow', 'Deny']), Action: oneOrMore, Resource: oneOrMore }),
    ),
  }),
  context: z.optional(
    z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  ),
});
type Policy = z.infer<typeof policySchema>;

type Decision =
  | { readonly principal: Readonly<Record<string, unknown>> }
  | { readonly refused: GatewayAnswerType };

/** `*` is any text, `?` any character. */
const isLike = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

const someIsLike = (patterns: string | readonly string[], text: string): boolean =>
  [patterns].flat().some((pattern) => isLike(pattern, text));

/** IAM's rule: a deny wins, and what nothing allows is denied. */
const allows = ({ policyDocument }: Policy, methodArn: string): boolean => {
  const effects = policyDocument.Statement.filter(
    ({ Action, Resource }) =>
      someIsLike(Action, 'execute-api:Invoke') && someIsLike(Resource, methodArn),
  ).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
};

export const methodArnOf = ({ api, method, path }: RequestContext): string =>
  `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${api.stage}/${method}/${path.replace(/^\//, '')}`;

/**
 * Lambda authorizers, carried out for real: what identifies the caller is checked first, the
 * function's policy is kept for the template's time, and each request is measured against it by the
 * ARN of its own method (API Gateway Developer Guide, 'Use API Gateway Lambda authorizers').
 */
export class Authorizers {
  private readonly invokeArn: (functionArn: string) => Invoke;
  private readonly kept = new Map<string, { readonly policy: Policy; readonly until: number }>();

  constructor(invokeArn: (functionArn: string) => Invoke) {
    this.invokeArn = invokeArn;
  }

  async decide(
    authorizer: AuthorizerDefinition,
    request: IncomingMessage,
    context: RequestContext,
    requestEvent: () => unknown,
  ): Promise<Decision> {
    const identity = identityOf(authorizer, request, context);
    const [token = ''] = identity;
    const isMissing = identity.length === 0 || identity.some((value) => value === undefined);
    const isMalformed =
      authorizer.validation !== undefined && !new RegExp(authorizer.validation).test(token);
    if (isMissing || isMalformed) return { refused: 'UNAUTHORIZED' };
    const key = JSON.stringify([authorizer.functionArn, identity]);
    const policy = this.find(key) ?? (await this.ask(authorizer, token, context, requestEvent));
    if (typeof policy === 'string') return { refused: policy };
    this.keep(key, policy, authorizer.cacheSeconds);
    return allows(policy, methodArnOf(context))
      ? { principal: { ...policy.context, principalId: policy.principalId } }
      : { refused: 'ACCESS_DENIED' };
  }

  private async ask(
    authorizer: AuthorizerDefinition,
    token: string,
    context: RequestContext,
    requestEvent: () => unknown,
  ): Promise<Policy | GatewayAnswerType> {
    const methodArn = methodArnOf(context);
    const event =
      authorizer.type === 'TOKEN'
        ? { type: 'TOKEN', authorizationToken: token, methodArn }
        : { type: 'REQUEST', methodArn, ...(requestEvent() as object) };
    const outcome = await this.invokeArn(authorizer.functionArn)(event);
    if ('error' in outcome) {
      return outcome.error.message === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE';
    }
    const read = z.safeParse(policySchema, outcome.result);
    return read.success ? read.data : 'AUTHORIZER_CONFIGURATION_ERROR';
  }

  private find(key: string): Policy | undefined {
    const kept = this.kept.get(key);
    if (kept && kept.until > Date.now()) return kept.policy;
    this.kept.delete(key);
    return undefined;
  }

  private keep(key: string, policy: Policy, seconds: number): void {
    if (seconds > 0 && !this.kept.has(key)) {
      for (const [old, { until }] of this.kept) if (until <= Date.now()) this.kept.delete(old);
      this.kept.set(key, { policy, until: Date.now() + seconds * 1_000 });
    }
  }
}

/** The values of the identity sources, in their order. */
const identityOf = (
  { identitySource }: AuthorizerDefinition,
  { headers }: IncomingMessage,
  { query }: RequestContext,
): (string | undefined)[] =>
  identitySource
    .split(',')
    .map((source) => source.trim())
    .filter((source) => source !== '')
    .map((source) => {
      const name = source.slice(source.lastIndexOf('.') + 1);
      if (source.startsWith('method.request.querystring.')) return query.get(name) ?? undefined;
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    });
