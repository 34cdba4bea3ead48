import { mkdirSync } from 'node:fs';
import dynalite from 'dynalite';
import { LocalError } from '../../host/local-error.ts';
import { answerOwnHostOnly } from '../../host/own-host.ts';

const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new LocalError(`The folder ${folder} can't be used to keep data: choose another.`);
  }
};

/**
 * DynamoDB as dynalite implements it.
 * @param folder keeps the tables between runs; in memory without
 * @throws LocalError when the folder or the port can't be used
 */
export const startDynamodb = async (port: number, folder?: string) => {
  if (folder) makeFolder(folder);
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(folder && { path: folder }),
  });
  answerOwnHostOnly(server);
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
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
