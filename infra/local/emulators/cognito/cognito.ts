import { type HttpServer, openServer } from '../../host/http-server.ts';
import { readKept, writeKept } from '../../host/kept-file.ts';
import {
  AwsError,
  type Intercept,
  jsonProtocol,
  readJson,
  signerOf,
  targetOf,
} from '../aws-call.ts';
import { operations } from './operations.ts';
import { poolsSchema } from './pool.ts';

const { answer, guarded } = jsonProtocol('1.1');

export type Cognito = HttpServer & {
  /** Everything that is stored, password hashes included. */
  dump(): unknown;
};

/**
 * A stand-in for Amazon Cognito's user pools: the few operations this product uses, as AWS documents
 * them. `docs/decisions/cognito-stand-in.md` says why it exists.
 * @param file keeps the pools between runs
 */
export const startCognito = async (
  port: number,
  intercept: Intercept,
  file?: string,
  now: () => number = Date.now,
): Promise<Cognito> => {
  const server = await openServer(port, 'the Cognito stand-in');
  const pools = readKept(file, poolsSchema, {});
  server.serve((request, body) =>
    guarded(async () => {
      const signer = signerOf(request);
      const action = targetOf(request);
      const operation = operations[action];
      if (!operation) {
        throw new AwsError('UnknownOperationException', `${action} is not part of this stand-in.`);
      }
      const input = readJson(body);
      return intercept({ service: 'cognito-idp', action, input, ...signer }, () =>
        guarded(async () => {
          try {
            return answer(200, await operation({ pools, ...signer, now: now() }, input));
          } finally {
            writeKept(file, pools);
          }
        }),
      );
    }),
  );
  return { ...server, dump: () => pools };
};
