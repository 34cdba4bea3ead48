import type { PolicyDocument } from 'aws-lambda';

/** What a scope lets its holder call, as API Gateway names methods: `METHOD/path`. */
const allowed = {
  read: ['GET/staff/*', 'HEAD/staff/*', 'POST/staff/diagnosis'],
  write: [
    'POST/staff/contacts/*',
    'PUT/staff/contacts/*',
    'DELETE/staff/contacts/*',
    'POST/staff/invitations/import',
  ],
} as const;

export type Scope = keyof typeof allowed;

/**
 * An authorizer's policy. API Gateway keeps it for the token, so it covers every call that the
 * scopes allow and not only the one that was asked for.
 * @param methodArn `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`
 */
export const policyFor = (methodArn: string, scopes: readonly Scope[]): PolicyDocument => {
  const api = methodArn.split('/').slice(0, 2).join('/');
  const methods = scopes.flatMap((scope) => allowed[scope]);
  const Action = 'execute-api:Invoke';
  return {
    Version: '2012-10-17',
    Statement: [
      // A policy must have a statement: without any scope it denies.
      methods.length > 0
        ? { Action, Effect: 'Allow', Resource: methods.map((method) => `${api}/${method}`) }
        : { Action, Effect: 'Deny', Resource: `${api}/*` },
    ],
  };
};
