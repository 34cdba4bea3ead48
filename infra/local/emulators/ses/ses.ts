import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { type Answer, onTheWire } from '../../host/answer.ts';
import { pass } from '../../host/forward.ts';
import { type HttpServer, openServer } from '../../host/http-server.ts';
import { readKept, writeKept } from '../../host/kept-file.ts';
import { answeredBy, notFound } from '../../host/local-app.ts';
import { AwsError, type Intercept, jsonProtocol, readJson, signerOf } from '../aws-call.ts';
import { emailSchema, type Sent } from './email.ts';
import { complaintOf, eventsOf, type SesEvent } from './events.ts';
import { fateOf, isSuppressedAfter } from './fate.ts';
import { Mailbox } from './mailbox.ts';
import { guardedQuery, queryAnswer } from './query.ts';
import { readSendRawEmail, type Sender } from './sending.ts';
import {
  isSuppressed,
  onSuppressionList,
  suppress,
  suppressionAction,
  suppressionsSchema,
} from './suppression-list.ts';

type Settings = {
  readonly intercept: Intercept;
  /** Takes the events of the emails sent with a configuration set. */
  readonly publish: (configurationSet: string, event: SesEvent) => void;
  /**
   * The product's region of a caller. Each is meant to have an AWS account of its own, and so a
   * suppression list of its own even where two share an AWS region.
   */
  readonly regionOf: (accessKeyId: string) => string | undefined;
  /** An SES of someone else's that emails are sent through; the mailbox then keeps copies. */
  readonly upstream?: string;
  /** Keeps emails and suppression lists between runs. */
  readonly file?: string;
};

type Signer = ReturnType<typeof signerOf>;

const keptSchema = z.object({ emails: z.array(emailSchema), suppressions: suppressionsSchema });

/** Receiving servers take a moment, so that events come after the answer, as in life. */
const deliveryMs = 20;

const { guarded } = jsonProtocol('1.1');

/** SES as this product uses it, and the mailbox in which its emails arrive. */
export class Ses {
  private readonly settings: Settings;
  private readonly kept: z.infer<typeof keptSchema>;
  private readonly mailbox: Mailbox;
  private readonly senders = new Map<string, Sender>();
  private isDown = false;
  private refused = 0;

  private constructor(settings: Settings) {
    this.settings = settings;
    this.kept = readKept(settings.file, keptSchema, { emails: [], suppressions: {} });
    this.mailbox = new Mailbox(this.kept.emails, {
      save: () => writeKept(settings.file, this.kept),
      isDown: () => this.isDown,
      setDown: (isDown) => this.setDown(isDown),
      complain: (sent) => this.complain(sent),
    });
  }

  static async start(port: number, settings: Settings): Promise<HttpServer & { ses: Ses }> {
    const ses = new Ses(settings);
    const server = await openServer(port, 'the mailbox');
    const api = answeredBy(onTheWire((request, body) => ses.answer(request, body)));
    const app = new Hono<{ Bindings: HttpBindings }>()
      // Both have one port: what is signed is a call of SES.
      .use((context, next) => (context.req.header('authorization') ? api(context) : next()))
      .route('/', ses.mailbox.app())
      .notFound(notFound);
    server.serve(app);
    return { ...server, ses };
  }

  /** Switches SES off and on again; the mailbox stays. */
  setDown(isDown: boolean): void {
    this.isDown = isDown;
  }

  /** How many calls it refused while it was off. */
  get refusals(): number {
    return this.refused;
  }

  private answer(request: IncomingMessage, body: Buffer): Promise<Answer> | Answer {
    const path = decodeURIComponent((request.url ?? '/').replace(/\?.*/s, ''));
    const action = suppressionAction(request.method ?? 'GET', path);
    return action ? this.version2(request, body, action, path) : this.version1(request, body);
  }

  private version2(
    request: IncomingMessage,
    body: Buffer,
    action: string,
    path: string,
  ): Promise<Answer> {
    return guarded(async () => {
      const signer = signerOf(request);
      const address = path.slice('/v2/email/suppression/addresses/'.length);
      const input = body.length > 0 ? readJson(body) : { EmailAddress: address };
      const answer = await this.settings.intercept(
        { service: 'ses', action, input, ...signer },
        () =>
          guarded(async () => {
            this.checkUp();
            const { suppressions } = this.kept;
            return onSuppressionList(suppressions, this.regionOf(signer), action, address, input);
          }),
      );
      writeKept(this.settings.file, this.kept);
      return answer;
    });
  }

  private version1(request: IncomingMessage, body: Buffer): Promise<Answer> {
    return guardedQuery(async () => {
      const signer = signerOf(request);
      const form = new URLSearchParams(body.toString());
      const action = form.get('Action') ?? '';
      const input = Object.fromEntries(form);
      return this.settings.intercept({ service: 'ses', action, input, ...signer }, () =>
        guardedQuery(async () => {
          this.checkUp();
          const sender = this.sender(signer.region);
          if (action === 'SendRawEmail') return this.send(request, body, form, signer);
          if (action === 'VerifyDomainIdentity') {
            sender.identities.add(form.get('Domain') ?? '');
            return queryAnswer(action, { VerificationToken: 'local' });
          }
          if (action === 'CreateConfigurationSet') {
            sender.configurationSets.add(form.get('ConfigurationSet.Name') ?? '');
            return queryAnswer(action, {});
          }
          throw new AwsError('InvalidAction', `${action} is not part of this stand-in.`);
        }),
      );
    });
  }

  private async send(
    request: IncomingMessage,
    body: Buffer,
    form: URLSearchParams,
    signer: Signer,
  ): Promise<Answer> {
    const { upstream } = this.settings;
    const sender = this.sender(signer.region);
    const emails = await readSendRawEmail(form, sender, signer.region, this.regionOf(signer));
    const answer = upstream
      ? await pass(upstream, 'POST', { ...request.headers, 'accept-encoding': 'identity' }, body)
      : queryAnswer('SendRawEmail', { MessageId: emails[0]?.id ?? '' });
    if (answer.status !== 200) return answer;
    const id = /<MessageId>([^<]+)</.exec(String(answer.body))?.[1];
    for (const email of emails) this.deliver({ ...email, id: id ?? email.id });
    return answer;
  }

  /** Puts an email where it belongs, and tells what became of it. */
  private deliver(sent: Sent): void {
    const { suppressions } = this.kept;
    const fate = fateOf(sent.to, isSuppressed(suppressions, sent.region, sent.to));
    const arrives = fate === 'delivered' || fate === 'complained';
    if (arrives) this.mailbox.add(sent);
    if (fate === 'bounced') this.suppress(sent, 'BOUNCE');
    if (fate === 'complained') this.suppress(sent, 'COMPLAINT');
    void this.tell(sent, eventsOf(sent, fate));
  }

  private complain(sent: Sent): void {
    this.suppress(sent, 'COMPLAINT');
    void this.tell(sent, [complaintOf(sent)]);
  }

  private suppress({ to, region }: Sent, reason: 'BOUNCE' | 'COMPLAINT'): void {
    if (!isSuppressedAfter(to)) return;
    suppress(this.kept.suppressions, region, to, reason);
    writeKept(this.settings.file, this.kept);
  }

  private async tell(sent: Sent, events: readonly SesEvent[]): Promise<void> {
    for (const event of events) {
      await wait(deliveryMs, undefined, { ref: false });
      this.settings.publish(sent.configurationSet, event);
    }
  }

  private regionOf({ accessKeyId, region }: Signer): string {
    return this.settings.regionOf(accessKeyId) ?? region;
  }

  private checkUp(): void {
    if (!this.isDown) return;
    this.refused += 1;
    throw new AwsError('ServiceUnavailable', 'SES is switched off.', 503);
  }

  private sender(region: string): Sender {
    const known = this.senders.get(region);
    if (known) return known;
    const sender = { identities: new Set<string>(), configurationSets: new Set<string>() };
    this.senders.set(region, sender);
    return sender;
  }
}
