// Better Auth with its own storage, Node's SQLite in memory: it has no adapter for DynamoDB.
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';

export const start = async ({ sendEmail, count }) => {
  const database = new DatabaseSync(':memory:');
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    count();
    return prepare(sql);
  };
  const auth = betterAuth({
    database,
    baseURL: 'http://localhost:1',
    secret: 'of-this-measurement-only-0123456789',
    trustedOrigins: ['*'],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      sendResetPassword: async ({ user, token }) => sendEmail(user.email, token),
    },
  });
  await (await getMigrations(auth.options)).runMigrations();
  return toNodeHandler(auth);
};
