import { existsSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import dynalite from 'dynalite';
import { LocalError } from '../../host/local-error.ts';
import { answerOwnHostOnly } from '../../host/own-host.ts';

/** dynalite opens its database later, where nobody could catch that it is broken. */
const checkDatabase = async (folder: string): Promise<void> => {
  if (!existsSync(folder)) return;
  const database = new ClassicLevel(folder);
  try {
    await database.open();
    await database.close();
  } catch {
    throw new LocalError(`The database in ${folder} can't be read: move it away to start anew.`);
  }
};

/**
 * DynamoDB as dynalite implements it.
 * @param folder keeps the tables between runs; in memory without
 * @throws LocalError when the folder or the port can't be used
 */
export const startDynamodb = async (port: number, folder?: string) => {
  if (folder) await checkDatabase(folder);
  // dynalite keeps small keys as slices of Node's buffer pool, each of which keeps 64 KB alive.
  Buffer.poolSize = 0;
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(folder && { path: folder }),
  });
  answerOwnHostOnly(server);
  server.keepAliveTimeout = 60_000;
  const opened = await new Promise<number>((resolve, reject) => {
    server.once('error', () =>
      reject(new LocalError(`Port ${port} is in use, which DynamoDB needs: choose another.`)),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
  return {
    url: `http://127.0.0.1:${opened}`,
    /** After what it is at work on: a write into a closed database would end the process. */
    close: () =>
      new Promise<void>((resolve) => {
        const idle = setInterval(() => server.closeIdleConnections(), 20);
        server.close(() => {
          clearInterval(idle);
          resolve();
        });
      }),
  };
};
