import { type HttpServer, openServer } from '../../host/http-server.ts';
import { readKept, writeKept } from '../../host/kept-file.ts';
import type { Intercept } from '../aws-call.ts';
import { jsonService, type Signer } from '../json-service.ts';
import { type Operation, operations } from './operations.ts';
import { poolsSchema } from './pool.ts';

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
  const carryOut =
    (operation: Operation) =>
    async (input: unknown, { region }: Signer) => {
      try {
        return await operation({ pools, region, now: now() }, input);
      } finally {
        writeKept(file, pools);
      }
    };
  server.serve(
    jsonService({
      service: 'cognito-idp',
      version: '1.1',
      intercept,
      operation: (action) => {
        const operation = operations[action];
        return operation && carryOut(operation);
      },
    }),
  );
  return { ...server, dump: () => pools };
};
