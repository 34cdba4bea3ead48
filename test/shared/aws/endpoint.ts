import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished, vi } from 'vitest';

/** Points the clients of one AWS service at an address, for this test. */
export const useEndpoint = (service: string, url: string): void => {
  vi.stubEnv('AWS_REGION', 'ap-southeast-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
};

/** A server that takes every request and hangs up without an answer. */
export const silentServer = async (): Promise<{ url: string; requests: () => number }> => {
  let requests = 0;
  const server = createServer((socket) => {
    socket.once('data', () => {
      requests += 1;
      socket.destroy();
    });
  });
  const port = await new Promise<number>((listening) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      listening(typeof address === 'object' && address ? address.port : 0);
    });
  });
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, requests: () => requests };
};

/** An address where nothing listens. */
export const closedPort = async (): Promise<string> => {
  const server = createServer();
  const port = await new Promise<number>((listening) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      listening(typeof address === 'object' && address ? address.port : 0);
    });
  });
  await new Promise((closed) => {
    server.close(closed);
  });
  return `http://127.0.0.1:${port}`;
};

/**
 * An SES that takes every email and, once told so, closes its idle connections with the next request
 * already on its way: what a client sees that reuses a connection at the wrong moment.
 */
export const forgetfulSes = async () => {
  const idle = new Set<Socket>();
  const server = createHttpServer((request, response) => {
    if (idle.has(request.socket)) {
      request.socket.resetAndDestroy();
      return;
    }
    request.resume().on('end', () => {
      response.setHeader('Content-Type', 'text/xml');
      response.end(
        '<SendRawEmailResponse><SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult></SendRawEmailResponse>',
      );
    });
  });
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  useEndpoint('SES', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    drop: () => {
      for (const socket of open) idle.add(socket);
    },
  };
};
