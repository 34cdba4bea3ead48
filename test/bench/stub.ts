import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What DynamoDB and Cognito answer when nothing is stored, by the operation asked for. */
const answers: Readonly<Record<string, readonly [status: number, body: object]>> = {
  Query: [200, { Items: [], Count: 0, ScannedCount: 0 }],
  BatchGetItem: [200, { Responses: {}, UnprocessedKeys: {} }],
  DescribeUserPoolClient: [200, { UserPoolClient: { ClientSecret: 'secret' } }],
  AdminInitiateAuth: [
    400,
    { __type: 'NotAuthorizedException', message: 'Incorrect username or password.' },
  ],
};

/**
 * AWS as far as a start needs it: answers at once, over TLS, as AWS's own endpoints do. Over plain
 * http the SDK loads another HTTP client at its first call, which never happens on AWS.
 */
export const startStub = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-tls-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const certificate = join(folder, 'certificate.pem');
  writeFileSync(certificate, cert);
  const requests: string[] = [];
  let connections = 0;
  const server = createServer({ key, cert }, (request, response) => {
    const operation =
      String(request.headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    requests.push(`${request.method} ${request.url} ${operation}`.trim());
    const [status, body] = answers[operation] ?? [200, {}];
    request.resume().on('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    });
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    /** For `NODE_EXTRA_CA_CERTS`. */
    certificate,
    /** Method, path and operation of each request. */
    requests,
    connections: () => connections,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
