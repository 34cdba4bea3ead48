import type { IncomingMessage, RequestListener, Server } from 'node:http';

/** Whether a request names this machine by address, at the port that it reached. */
const isOwnHost = ({ headers: { host }, socket: { localPort } }: IncomingMessage): boolean =>
  host === `127.0.0.1:${localPort}` || host === `localhost:${localPort}`;

/**
 * Makes a server answer only under its own name: another site's name can be made to point to this
 * machine, and that site's pages would then read what they ask for (DNS rebinding).
 */
export const answerOwnHostOnly = (server: Server): void => {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isOwnHost(request)) {
      for (const listener of listeners) listener(request, response);
      return;
    }
    response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
    response.end('This server answers as 127.0.0.1 and localhost only.\n');
  });
};
