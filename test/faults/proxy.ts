import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Endpoints } from '../../infra/local/emulators/lambda/environment.ts';
import type { Answer } from '../../infra/local/host/answer.ts';
import { pass } from '../../infra/local/host/forward.ts';
import type { Local } from '../../infra/local/local.ts';
import type { RegionCode } from '../../shared/core/region.ts';
import { type Fault, garble, refusal, type Service, slowMs, throttle } from './fault.ts';

/** One try of a call of AWS that a function makes. */
export type Call = {
  readonly region: RegionCode;
  readonly function: string;
  readonly service: Service;
  /** `PutItem` */
  readonly operation: string;
  /** The same for all tries that the SDK makes of one call. */
  readonly id: string;
  readonly body: string;
};

/** An email that SES took, whether or not the function learnt it. */
export type Send = { readonly to: string; readonly kind: string; readonly emailId: string };

/** An event that the bus took. */
export type Heard = { readonly contactId: string; readonly sequence: number; readonly id: string };

type Upstream = { readonly service: Service; readonly variable: keyof Endpoints };

const upstreams: readonly Upstream[] = [
  { service: 'dynamodb', variable: 'AWS_ENDPOINT_URL_DYNAMODB' },
  { service: 'cognito-idp', variable: 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER' },
  { service: 'ses', variable: 'AWS_ENDPOINT_URL_SES' },
  { service: 'ses', variable: 'AWS_ENDPOINT_URL_SESV2' },
  { service: 'events', variable: 'AWS_ENDPOINT_URL_EVENTBRIDGE' },
  { service: 'sqs', variable: 'AWS_ENDPOINT_URL_SQS' },
  { service: 'secretsmanager', variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' },
];

const operationOf = ({ headers, method, url }: IncomingMessage, body: string): string => {
  const target = headers['x-amz-target'];
  if (target) return String(target).replace(/^.*\./, '');
  return new URLSearchParams(body).get('Action') ?? `${method} ${(url ?? '').split('/').at(3)}`;
};

const sendIn = (body: string): Send => {
  const form = new URLSearchParams(body);
  const tags = new Map<string, string>();
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    const name = form.get(`Tags.member.${index}.Name`) ?? '';
    tags.set(name, form.get(`Tags.member.${index}.Value`) ?? '');
  }
  return {
    to: (form.get('Destinations.member.1') ?? '').toLowerCase(),
    kind: tags.get('kind') ?? '',
    emailId: tags.get('emailId') ?? '',
  };
};

const heardIn = (body: string): Heard[] => {
  const { Entries } = JSON.parse(body) as { Entries: readonly { Detail: string }[] };
  return Entries.map(({ Detail }) => JSON.parse(Detail) as Heard);
};

/**
 * Stands between the functions of a local run and its servers, where the standard endpoint
 * variables lead them, and lets faults befall their calls. It is in front of the tap that makes the
 * table's stream, so that the stream knows every write that was made.
 */
export class FaultProxy {
  /** Says what befalls a try, if anything. */
  strike: (call: Call) => Fault | undefined = () => undefined;
  readonly sent: Send[] = [];
  readonly heard: Heard[] = [];
  private readonly urls = new Map<keyof Endpoints, string>();
  private readonly servers: Server[] = [];
  private readonly resets = new Set<string>();
  private local: Local | undefined;
  private behind: Endpoints | undefined;

  static async open(): Promise<FaultProxy> {
    const proxy = new FaultProxy();
    for (const upstream of upstreams) {
      const server = createServer((request, response) => {
        void proxy.answer(upstream, request, response);
      });
      await new Promise<void>((listening) => {
        server.listen(0, '127.0.0.1', listening);
      });
      server.keepAliveTimeout = 60_000;
      const { port } = server.address() as AddressInfo;
      proxy.servers.push(server);
      proxy.urls.set(upstream.variable, `http://127.0.0.1:${port}`);
    }
    return proxy;
  }

  /** `LocalOptions.between`. */
  readonly between = (endpoints: Endpoints): Endpoints => {
    this.behind = endpoints;
    return { ...endpoints, ...Object.fromEntries(this.urls) };
  };

  attach(local: Local): void {
    this.local = local;
  }

  async close(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  }

  private async answer(
    { service, variable }: Upstream,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const call = this.callOf(service, request, bytes.toString());
    const proceed = async (): Promise<Answer> => {
      const url = `${this.behind?.[variable]}${request.url ?? '/'}`;
      const answer = await pass(url, request.method ?? 'POST', request.headers, bytes);
      if (call?.operation === 'SendRawEmail' && answer.status === 200) {
        this.sent.push(sendIn(call.body));
      }
      if (call?.operation === 'PutEvents' && answer.status === 200) {
        this.heard.push(...heardIn(call.body));
      }
      return answer;
    };
    try {
      const answer = await this.befall(call, proceed, response);
      if (!answer) return;
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
      response.writeHead(answer.status).end(answer.body);
    } catch {
      response.destroy();
    }
  }

  private callOf(service: Service, request: IncomingMessage, body: string): Call | undefined {
    const [, key = ''] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const caller = this.local?.callerOf(key);
    return (
      caller && {
        region: caller.region as RegionCode,
        function: caller.function,
        service,
        operation: operationOf(request, body),
        id: String(request.headers['amz-sdk-invocation-id']),
        body,
      }
    );
  }

  /** What the caller is answered; nothing for a caller who is never answered. */
  private async befall(
    call: Call | undefined,
    proceed: () => Promise<Answer>,
    response: ServerResponse,
  ): Promise<Answer | undefined> {
    const fault = call && this.strike(call);
    if (!fault) return proceed();
    const kill = () => this.local?.kill(call.region, call.function);
    switch (fault) {
      case 'refused':
        return refusal(call.service);
      case 'throttled':
        return throttle(call.service);
      case 'timed out before':
        return undefined;
      case 'timed out after':
        await proceed();
        return undefined;
      case 'slow':
        await setTimeout(slowMs);
        return proceed();
      case 'garbled':
        return garble(await proceed());
      case 'killed before':
        await kill();
        return undefined;
      case 'killed after':
        await proceed();
        await kill();
        return undefined;
      case 'reset':
        return this.reset(call, proceed, response);
    }
  }

  private async reset(call: Call, proceed: () => Promise<Answer>, response: ServerResponse) {
    const answer = await proceed();
    if (this.resets.has(call.id)) return answer;
    this.resets.add(call.id);
    response.socket?.resetAndDestroy();
    return undefined;
  }
}
