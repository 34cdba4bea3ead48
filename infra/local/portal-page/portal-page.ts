import { html } from 'hono/html';
import type { RegionCode } from '../../../shared/core/region.ts';
import { localApp } from '../host/local-app.ts';
import { signedIn } from './signed-in.ts';

/**
 * Plays the customer portal proper: whatever is asked for, it says who is signed in, or sends to
 * Login and back. It knows the portal's `GET /api/session` and nothing else.
 */
export const portalPage = (code: RegionCode, portal: string, own: string) => {
  const app = localApp();
  app.get('*', async (context) => {
    const client = await signedIn(context.env.incoming, portal, `portal-${code.toLowerCase()}`);
    const { pathname, search } = new URL(context.req.url);
    const asked = own + pathname + search;
    if (!client) {
      return context.redirect(`${portal}/login?return=${encodeURIComponent(asked)}`, 303);
    }
    const title = 'Your new home';
    return context.html(html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>${title}</h1>
<p>Hello, <bdi>${client.name}</bdi>. You are contact ${client.contactId}, at ${pathname}.</p>
<p><a href="${portal}/account">Your account</a></p>
</main></body>
</html>
`);
  });
  return app;
};
