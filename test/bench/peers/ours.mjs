// This product: its bundles as deployed, a request of the server as API Gateway's event.
import { text } from 'node:stream/consumers';

const bundles = {
  '/api/password-reset-requests': 'reset-requests',
  '/api/password-resets': 'credentials',
  '/api/sessions': 'sessions',
  '/api/session': 'sessions',
};

const handlers = new Map();
for (const [path, name] of Object.entries(bundles)) {
  const bundle = new URL(`../../../build/${name}/index.mjs`, import.meta.url);
  handlers.set(path, (await import(bundle)).handler);
}

export const start = () => async (request, response) => {
  const { statusCode, headers, multiValueHeaders, body } = await handlers.get(request.url)(
    {
      ...{ httpMethod: request.method, resource: request.url, path: request.url },
      ...{ headers: request.headers, queryStringParameters: null, pathParameters: null },
      ...{ body: (await text(request)) || null, isBase64Encoded: false },
      requestContext: { requestId: 'request-1', identity: { sourceIp: '127.0.0.1' } },
    },
    {},
  );
  response.writeHead(statusCode, { ...headers, ...multiValueHeaders }).end(body);
};
