import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { localApp } from '../host/local-app.ts';
import { receiverPage } from './receiver-page.ts';

/** A webhook that came, in the order of coming; one that came twice is there twice. */
export type Came = {
  readonly region: string;
  /** `webhook-id`: what a receiver knows a duplicate by. */
  readonly id: string;
  readonly at: string;
  readonly event: unknown;
};

type Settings = {
  /** The secrets that a region's webhooks may be signed with, as its receiver would have them. */
  readonly secretsOf: (region: string) => readonly string[];
};

/** At most so many are kept; the oldest go. */
const most = 10_000;

/** Whether one of the secrets has signed it, by the library of Standard Webhooks. */
const isVerified = (
  secrets: readonly string[],
  body: string,
  headers: Record<string, string>,
): boolean =>
  secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, headers, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  });

/**
 * Plays the CRM's end of the webhook: it verifies each signature before it reads anything, and shows
 * what came. Its page has a switch that turns it off and on.
 */
export class WebhookReceiver {
  private readonly settings: Settings;
  private readonly came: Came[] = [];
  private isDown = false;
  private refused = 0;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Where a region's webhooks go, at the receiver's address. */
  static pathOf(region: string): string {
    return `/webhooks/${region}`;
  }

  app() {
    const app = localApp({ styleSrc: ["'unsafe-inline'"] });
    app.get('/', (context) =>
      context.html(receiverPage({ came: this.came, refused: this.refused, isDown: this.isDown })),
    );
    app.get('/events', (context) => context.json(this.came));
    app.post('/down', async (context) => {
      const { down } = await context.req.parseBody();
      this.isDown = down === 'true';
      return context.redirect('/', 303);
    });
    app.post('/webhooks/:region', async (context) => {
      if (this.isDown) return context.body(null, 503);
      const region = context.req.param('region');
      const body = await context.req.text();
      const headers = context.req.header();
      if (!isVerified(this.settings.secretsOf(region), body, headers)) {
        this.refused += 1;
        return context.json({ code: 'not_verified' }, 401);
      }
      const id = headers['webhook-id'] ?? '';
      this.came.push({ region, id, at: new Date().toISOString(), event: JSON.parse(body) });
      this.came.splice(0, Math.max(0, this.came.length - most));
      return context.body(null, 204);
    });
    return app;
  }
}
