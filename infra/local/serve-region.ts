import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { serveApi } from './emulators/api-gateway/gateway.ts';
import { type Issuer, keysUrlOf } from './emulators/issuer/issuer.ts';
import type { Functions } from './emulators/lambda/functions.ts';
import { restApiOf } from './emulators/template/rest-api.ts';
import type { Stack } from './emulators/template/stack.ts';
import { type HttpServer, openServer, urlOf } from './host/http-server.ts';
import type { Opened } from './host/opened.ts';
import type { Ports } from './host/ports.ts';
import { staffOf } from './region-stacks.ts';
import { WebhookReceiver } from './webhook-receiver/receiver.ts';

/** The address a browser sees, which is the origin of cookies and links. */
export const originOf = (port: number): string => `http://localhost:${port}`;

/** Opens a server for each region, on its port. */
export const openPortals = async (
  regions: readonly RegionCode[],
  ports: Ports['portals'],
  what: string,
  opened: Opened,
) => {
  const portals = new Map<RegionCode, HttpServer>();
  for (const code of regions) {
    const server = await openServer(ports[code], `${what} of ${code}`);
    portals.set(
      code,
      opened.add(server, ({ close }) => close()),
    );
  }
  return portals;
};

type Servers = {
  readonly portals: ReadonlyMap<RegionCode, HttpServer>;
  readonly pages: ReadonlyMap<RegionCode, HttpServer>;
  readonly issuer: Issuer;
  readonly receiver: HttpServer;
};

/** The ports that a run has got; a region that does not run is shown where it would be. */
export const openedPorts = (ports: Ports, { portals, pages, issuer, receiver }: Servers): Ports => {
  const portal = (code: RegionCode) => portals.get(code)?.port ?? (ports.portals[code] || 4_101);
  const page = (code: RegionCode) => pages.get(code)?.port ?? ports.portalPages[code];
  return {
    ...ports,
    portals: { AU: portal('AU'), NZ: portal('NZ'), US: portal('US') },
    portalPages: { AU: page('AU'), NZ: page('NZ'), US: page('US') },
    issuer: Number(new URL(issuer.url).port),
    webhookReceiver: receiver.port,
  };
};

/**
 * What a run on these ports says to the configuration of regions: where everything is.
 * @param homes the regions whose portal page it serves
 */
export const configurationOf = (ports: Ports, homes: readonly RegionCode[]) => {
  const issuer = urlOf(ports.issuer);
  const receiver = urlOf(ports.webhookReceiver);
  return {
    regions: Object.fromEntries(
      regionCodes.map((code) => [
        code,
        {
          origin: originOf(ports.portals[code]),
          staff: { issuer, keysUrl: keysUrlOf(issuer) },
          ...(homes.includes(code) && { portalUrl: originOf(ports.portalPages[code]) }),
          webhook: { url: `${receiver}${WebhookReceiver.pathOf(code)}` },
        },
      ]),
    ),
  };
};

type Serving = {
  readonly portals: ReadonlyMap<RegionCode, HttpServer>;
  readonly functions: Functions;
  readonly issuer: Issuer;
  readonly logs: string;
};

/** Puts a stack's API behind its portal. */
export const serveRegion = async (code: RegionCode, stack: Stack, serving: Serving) => {
  const api = restApiOf(stack);
  const server = serving.portals.get(code);
  if (!api || !server) return undefined;
  const accessLog = join(serving.logs, `${code}-access.log`);
  server.serve(
    serveApi(api, {
      invokeArn: (arn) => serving.functions.invoke(arn),
      log: (line) => appendFileSync(accessLog, `${line}\n`),
    }),
  );
  const { audience, scopes, console } = staffOf(stack);
  serving.issuer.register({
    ...console,
    audience,
    redirectUri: `${originOf(server.port)}/staff-console/sign-in/callback`,
  });
  return {
    portal: originOf(server.port),
    staffTokens: await serving.issuer.tokensFor(audience, scopes),
  };
};
