import type { IncomingMessage } from 'node:http';
import type { AwsCall, Intercept } from '../../infra/local/emulators/aws-call.ts';
import type { Answer } from '../../infra/local/host/answer.ts';

type Proceed = () => Promise<Answer> | Answer;
type InFront = (request: IncomingMessage, proceed: Proceed) => Promise<Answer> | Answer;

/** Something that behaves otherwise than AWS does. */
export type Faulty = {
  readonly intercept?: Intercept;
  readonly inFrontOf?: { readonly api?: InFront; readonly account?: InFront };
};
type Fault = Faulty & {
  readonly what: string;
  /** How the sentence begins that must notice. */
  readonly breaks: string;
};

const json = (body: object, status = 200): Answer => ({
  status,
  headers: { 'Content-Type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});
const error = (__type: string, message = ''): Answer => json({ __type, message }, 400);
const sent: Answer = {
  status: 200,
  headers: { 'Content-Type': 'text/xml' },
  body: '<SendRawEmailResponse><SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult></SendRawEmailResponse>',
};
const tokens = json({ AuthenticationResult: { AccessToken: 'a' }, ChallengeParameters: {} });

/** Grants whatever is asked. */
const yes = ({ action }: AwsCall): Answer => {
  if (action === 'SendRawEmail') return sent;
  return action === 'AdminInitiateAuth' ? tokens : json({});
};

export const yesToEverything: Faulty = {
  intercept: async (call) => yes(call),
  inFrontOf: { api: () => json({}), account: () => json({}) },
};

const gone: Answer = { status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'gone' };
export const nobodyAnswers: Faulty = {
  intercept: async () => gone,
  inFrontOf: { api: () => gone, account: () => gone },
};

/** Changes the answer of one action; `undefined` leaves it. */
const answering = (
  action: string,
  change: (call: AwsCall, answer: Answer) => Answer | undefined,
): Faulty => ({
  intercept: async (call, proceed) => {
    if (call.action !== action) return proceed();
    const answer = await Promise.resolve()
      .then(proceed)
      .catch(() => gone);
    return change(call, answer) ?? answer;
  },
});
/** Grants what was refused in certain words. */
const granting = (action: string, words: RegExp): Faulty =>
  answering(action, (call, { status, body }) =>
    status >= 400 && words.test(String(body)) ? yes(call) : undefined,
  );

/** Changes what the API sends. */
const sending = (change: (answer: Answer) => Partial<Answer>): Faulty => ({
  inFrontOf: {
    api: async (_, proceed) => {
      const answer = await proceed();
      return { ...answer, ...change(answer) };
    },
  },
});

const withoutHeader = (wanted: string) =>
  sending(({ headers }) => ({
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.toLowerCase() !== wanted),
    ),
  }));

/** Kinder than AWS, each in one way: what has been seen of stand-ins, or could be. */
export const faults: readonly Fault[] = [
  {
    what: 'a gateway that puts variables in quotes of its own',
    breaks: "A gateway response's template is filled in by simple substitution",
    ...sending(({ body }) => ({
      body: String(body).replace(/"requestId":"([^"]*)"/, '"requestId":""$1""'),
    })),
  },
  {
    what: 'a gateway that knows JSON only',
    breaks: 'Whoever accepts `text/html`',
    ...sending(() => ({ headers: { 'Content-Type': 'application/json' }, body: '{}' })),
  },
  {
    what: 'a gateway that hands every body on as text',
    breaks: 'Where `binaryMediaTypes` is `*/*`',
    ...sending(({ body }) => ({
      body: String(body).replace('"isBase64Encoded":true', '"isBase64Encoded":false'),
    })),
  },
  {
    what: 'a gateway that sends base64 as it is',
    breaks: "There, a function's answer in base64",
    ...sending(({ body }) => ({ body: Buffer.from(body).toString('base64') })),
  },
  {
    what: 'a gateway that sends one cookie',
    breaks: "A browser's cookies arrive as one header",
    ...sending(({ headers }) => ({
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : (value[0] ?? ''),
        ]),
      ),
    })),
  },
  {
    what: "a gateway that drops a gateway response's headers",
    breaks: "A gateway response's own status and headers",
    ...withoutHeader('www-authenticate'),
  },
  {
    what: "a gateway that drops a function's WWW-Authenticate",
    breaks: "A function's own WWW-Authenticate",
    ...withoutHeader('x-amzn-remapped-www-authenticate'),
  },
  {
    what: 'an authorizer that nobody listens to',
    breaks: 'A deny, and what no statement allows',
    ...sending(({ status }) => ({ status: status === 403 ? 200 : status })),
  },
  {
    what: 'a DynamoDB that ignores conditions',
    breaks: 'A condition that does not hold',
    ...granting('PutItem', /ConditionalCheckFailed/),
  },
  {
    what: 'a DynamoDB that reads any number of keys',
    breaks: 'BatchGetItem takes 100 keys',
    ...granting('BatchGetItem', /ValidationException/),
  },
  {
    what: 'a DynamoDB that gives the oldest first',
    breaks: 'Sort keys are in the order of their UTF-8 bytes',
    ...answering('Query', ({ input }, { body }) => {
      if (input['ScanIndexForward'] !== false) return undefined;
      const page = JSON.parse(String(body)) as { Items: unknown[] };
      return json({ ...page, Items: [...page.Items].reverse() });
    }),
  },
  {
    what: 'an IAM without leading keys',
    breaks: 'A role with `dynamodb:LeadingKeys` is refused',
    intercept: async ({ accessKeyId, action }, proceed) =>
      action === 'PutItem' && accessKeyId !== 'engineer' ? json({}) : proceed(),
  },
  {
    what: 'a Cognito that says who has an account',
    breaks: 'A wrong password and a name that nobody has',
    ...answering('AdminInitiateAuth', ({ input }) =>
      JSON.stringify(input).includes('nobody-')
        ? error('UserNotFoundException', 'User does not exist.')
        : undefined,
    ),
  },
  {
    what: 'a Cognito that checks no secret hash',
    breaks: 'A wrong secret hash',
    ...granting('AdminInitiateAuth', /secret hash/),
  },
  {
    what: 'a Cognito that allows every flow',
    breaks: 'A flow that the client does not allow',
    ...granting('AdminInitiateAuth', /flow not enabled/),
  },
  {
    what: 'a Cognito that lets disabled users in',
    breaks: 'A disabled user is NotAuthorizedException',
    ...granting('AdminInitiateAuth', /disabled/),
  },
  {
    what: 'a Cognito that locks nobody out',
    breaks: 'After five failures a user is locked out',
    ...granting('AdminInitiateAuth', /attempts exceeded/),
  },
  {
    what: 'a Cognito that takes white space at the ends',
    breaks: 'A password with a space before it',
    ...granting('AdminSetUserPassword', /regular expression/),
  },
  {
    what: 'a Cognito that deletes who is gone',
    breaks: 'Deleting a user who is gone',
    ...granting('AdminDeleteUser', /UserNotFound/),
  },
  {
    what: 'an SES that sends for anybody',
    breaks: 'A sender that is not verified',
    ...granting('SendRawEmail', /not verified/),
  },
  {
    what: 'an SES that takes any tag',
    breaks: 'A tag takes ASCII letters',
    ...granting('SendRawEmail', /tag/),
  },
  {
    what: 'an SES that takes off what is not on the list',
    breaks: 'Taking off an address that is not on the list',
    ...granting('DeleteSuppressedDestination', /NotFound/),
  },
  {
    what: 'a queue that holds no message for a time of its own',
    breaks: 'A message is hidden from the call of ChangeMessageVisibility on',
    intercept: async (call, proceed) =>
      call.action === 'ChangeMessageVisibility' ? json({}) : proceed(),
  },
  {
    what: 'a queue that hides a message for as long as anybody likes',
    breaks: 'A message is hidden for 12 hours',
    ...granting('ChangeMessageVisibility', /beyond the limit/),
  },
  {
    what: 'a secret that forgets what it was before',
    breaks: 'PutSecretValue makes a value the current one',
    ...answering('GetSecretValue', ({ input }) =>
      input['VersionStage'] === 'AWSPREVIOUS' ? json({ SecretString: 'second' }) : undefined,
    ),
  },
];
