import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-call.ts';
import { checkNewPassword, hashPassword } from './passwords.ts';
import {
  type Client,
  createClientSchema,
  createPoolSchema,
  type Pool,
  type Pools,
  type User,
  userKey,
} from './pool.ts';
import { initiateAuth, initiateAuthSchema } from './sign-in.ts';

/** What an operation works on: the pools, where the call was signed for, and the time. */
export type OperationContext = {
  readonly pools: Pools;
  readonly region: string;
  readonly now: number;
};
export type Operation = (given: OperationContext, input: unknown) => unknown;

const read = <Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.');
  throw new AwsError('InvalidParameterException', `1 validation error detected: see '${field}'.`);
};

/** Pools of another AWS region are not there, as on AWS. */
const poolOf = ({ pools, region }: OperationContext, id: string): Pool => {
  const pool = pools[id];
  if (pool?.region === region) return pool;
  throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
};

const clientOf = (pool: Pool, id: string): Client => {
  const client = pool.clients[id];
  if (client) return client;
  throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
};

const userOf = (pool: Pool, username: string): User => {
  const user = pool.users[userKey(pool, username)];
  if (user) return user;
  throw new AwsError('UserNotFoundException', 'User does not exist.');
};

const ofPool = z.object({ UserPoolId: z.string() });
const ofClient = z.extend(ofPool, { ClientId: z.string() });
const ofUser = z.extend(ofPool, { Username: z.string().check(z.minLength(1), z.maxLength(128)) });
const newUser = z.extend(ofUser, { TemporaryPassword: z.optional(z.string()) });
const newPassword = z.extend(ofUser, {
  Password: z.string(),
  Permanent: z._default(z.boolean(), false),
});

const policyOf = ({ settings }: Pool) => settings.Policies?.PasswordPolicy ?? {};
const seconds = (milliseconds: number) => milliseconds / 1_000;

const described = (user: User) => ({
  Username: user.username,
  Enabled: user.isEnabled,
  UserStatus: user.status,
  UserCreateDate: seconds(user.createdAt),
  UserLastModifiedDate: seconds(user.changedAt),
});
const attributes = ({ sub }: User) => [{ Name: 'sub', Value: sub }];

const describedClient = (pool: Pool, { id, secret, settings }: Client) => ({
  UserPoolClient: {
    ...settings,
    UserPoolId: pool.id,
    ClientId: id,
    ...(secret && { ClientSecret: secret }),
  },
});

/** Changes a user, noting when. */
const change = (given: OperationContext, input: unknown, values: Partial<User>) => {
  const { UserPoolId, Username } = read(ofUser, input);
  Object.assign(userOf(poolOf(given, UserPoolId), Username), values, { changedAt: given.now });
  return {};
};

/** The operations this product and its local run use, by the names of the Amazon Cognito API. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateUserPool: ({ pools, region }, input) => {
    const settings = read(createPoolSchema, input);
    const id = `${region}_${randomBytes(5).toString('hex').slice(0, 9)}`;
    pools[id] = { id, region, settings, clients: {}, users: {} };
    return { UserPool: { ...settings, Id: id, Name: settings.PoolName } };
  },

  ListUserPools: ({ pools, region }) => ({
    UserPools: Object.values(pools)
      .filter((pool) => pool.region === region)
      .map(({ id, settings }) => ({ Id: id, Name: settings.PoolName })),
  }),

  CreateUserPoolClient: (given, input) => {
    const settings = read(createClientSchema, input);
    const pool = poolOf(given, settings.UserPoolId);
    const id = randomBytes(13).toString('hex');
    const client = {
      id,
      settings,
      ...(settings.GenerateSecret && { secret: randomBytes(26).toString('hex').slice(0, 51) }),
    };
    pool.clients[id] = client;
    return describedClient(pool, client);
  },

  ListUserPoolClients: (given, input) => {
    const pool = poolOf(given, read(ofPool, input).UserPoolId);
    return {
      UserPoolClients: Object.values(pool.clients).map(({ id, settings }) => ({
        UserPoolId: pool.id,
        ClientId: id,
        ClientName: settings.ClientName,
      })),
    };
  },

  DescribeUserPoolClient: (given, input) => {
    const { UserPoolId, ClientId } = read(ofClient, input);
    const pool = poolOf(given, UserPoolId);
    return describedClient(pool, clientOf(pool, ClientId));
  },

  AdminCreateUser: async (given, input) => {
    const { UserPoolId, Username, TemporaryPassword } = read(newUser, input);
    const pool = poolOf(given, UserPoolId);
    const key = userKey(pool, Username);
    if (TemporaryPassword !== undefined) checkNewPassword(TemporaryPassword, policyOf(pool));
    const passwordHash = await hashPassword(TemporaryPassword ?? randomUUID());
    // Asked after the one wait of this operation: two calls at once can't both create the user.
    if (pool.users[key]) {
      throw new AwsError('UsernameExistsException', 'User account already exists');
    }
    const user: User = {
      username: key,
      sub: randomUUID(),
      status: 'FORCE_CHANGE_PASSWORD',
      isEnabled: true,
      createdAt: given.now,
      changedAt: given.now,
      passwordHash,
    };
    pool.users[key] = user;
    return { User: { ...described(user), Attributes: attributes(user) } };
  },

  AdminSetUserPassword: async (given, input) => {
    const { UserPoolId, Username, Password, Permanent } = read(newPassword, input);
    const pool = poolOf(given, UserPoolId);
    userOf(pool, Username);
    checkNewPassword(Password, policyOf(pool));
    const passwordHash = await hashPassword(Password);
    return change(given, input, {
      passwordHash,
      status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
    });
  },

  AdminInitiateAuth: (given, input) => {
    const auth = read(initiateAuthSchema, input);
    const pool = poolOf(given, auth.UserPoolId);
    return initiateAuth(pool, clientOf(pool, auth.ClientId), auth, given.now);
  },

  AdminGetUser: (given, input) => {
    const { UserPoolId, Username } = read(ofUser, input);
    const user = userOf(poolOf(given, UserPoolId), Username);
    return { ...described(user), UserAttributes: attributes(user) };
  },

  AdminDisableUser: (given, input) => change(given, input, { isEnabled: false }),

  AdminEnableUser: (given, input) => change(given, input, { isEnabled: true }),

  AdminDeleteUser: (given, input) => {
    const { UserPoolId, Username } = read(ofUser, input);
    const pool = poolOf(given, UserPoolId);
    delete pool.users[userKey(pool, userOf(pool, Username).username)];
    return {};
  },
};
