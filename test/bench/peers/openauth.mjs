// OpenAuth: its password provider with its DynamoDB storage; pages, emails and keys are its own.
import { getRequestListener } from '@hono/node-server';
import { issuer } from '@openauthjs/openauth';
import { createClient } from '@openauthjs/openauth/client';
import { PasswordProvider } from '@openauthjs/openauth/provider/password';
import { DynamoStorage } from '@openauthjs/openauth/storage/dynamo';
import { createSubjects } from '@openauthjs/openauth/subject';
import { PasswordUI } from '@openauthjs/openauth/ui/password';

/** Every subject is an address; the convention that schemas of all libraries follow. */
const address = { '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) } };
const subjects = createSubjects({ user: address });

export const start = ({ sendEmail }) => {
  const app = issuer({
    subjects,
    storage: DynamoStorage({
      table: process.env.PEER_TABLE,
      endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB,
    }),
    providers: {
      password: PasswordProvider(PasswordUI({ sendCode: async (to, code) => sendEmail(to, code) })),
    },
    success: (context, { email }) => context.subject('user', { email }),
  });
  // A server that trusts the issuer: it keeps its keys, as its client does.
  let client;
  app.get('/check', async (context) => {
    client ??= createClient({ clientID: 'bench', issuer: new URL(context.req.url).origin });
    const verified = await client.verify(subjects, context.req.header('authorization'));
    return verified.err ? context.text('', 401) : context.json(verified.subject.properties);
  });
  return getRequestListener(app.fetch);
};
