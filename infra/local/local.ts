import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionCode } from '../../shared/core/region.ts';
import { merge } from '../stacks/configuration/configuration.ts';
import { startAws } from './aws.ts';
import { type Intercept, watchNothing } from './emulators/aws-call.ts';
import { partitionNumber } from './emulators/dynamodb/stream.ts';
import { EventBuses } from './emulators/event-bus/event-buses.ts';
import { Wiring } from './emulators/events/wiring.ts';
import { enforceRoles } from './emulators/iam/enforce.ts';
import { startIssuer } from './emulators/issuer/issuer.ts';
import type { Endpoints } from './emulators/lambda/environment.ts';
import { type Caller, Functions } from './emulators/lambda/functions.ts';
import type { Outcome } from './emulators/lambda/outcome.ts';
import { Secrets } from './emulators/secrets-manager/secrets.ts';
import type { SesEvent } from './emulators/ses/events.ts';
import { Queues } from './emulators/sqs/queues.ts';
import { readAssembly } from './emulators/template/assembly.ts';
import { functionsOf } from './emulators/template/functions.ts';
import { takeDataFolder } from './host/data-folder.ts';
import { openServer } from './host/http-server.ts';
import { Opened } from './host/opened.ts';
import { portsFrom, standInPorts } from './host/ports.ts';
import { RunClock } from './host/run-clock.ts';
import { type RunFile, removeRunFile, removeStaleRunFile, writeRunFile } from './host/run-file.ts';
import { type Steps, silentSteps } from './host/steps.ts';
import { portalPage } from './portal-page/portal-page.ts';
import { provision } from './provision.ts';
import { regionOf, webhookKeysOf } from './region-stacks.ts';
import {
  configurationOf,
  openedPorts,
  openPortals,
  originOf,
  serveRegion,
} from './serve-region.ts';
import { staffPage } from './staff-page/staff-page.ts';
import { readOverrides, synthesize } from './synthesis.ts';
import { WebhookReceiver } from './webhook-receiver/receiver.ts';

/** Every so many deliveries of a queue one comes twice, so that nothing relies on the contrary. */
const repeatEvery = 20;

export type LocalOptions = {
  /** The base of its ports, see `portsFrom`; 0 for any free ones. */
  readonly port: number;
  readonly regions: readonly RegionCode[];
  /** Where templates, logs and queues go; two runs at once need one each. */
  readonly folder: string;
  /** Says where everything is, while it runs; `run.json` in the folder unless said otherwise. */
  readonly runFile?: string;
  /** Where data is kept between runs; in memory without. */
  readonly data?: string;
  /** Bundles the functions first; several runs at once, as in tests, share what is there. */
  readonly isBuilding?: boolean;
  /** Whether a page plays each region's customer portal proper, its `portalUrl`. */
  readonly hasPortalPage?: boolean;
  /** A file of overrides of the configuration. */
  readonly config?: string;
  /** Where its clock stands once all is prepared, in milliseconds since 1970. */
  readonly now?: number;
  /** Read only for `AWS_ENDPOINT_URL…`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Is told what the start is doing. */
  readonly step?: Steps;
  /** Sees, and may change, every call of the embedded AWS services. */
  readonly intercept?: Intercept;
  /** Stands between SES and its topic: tells what is to be heard of an email, or something else. */
  readonly report?: (event: SesEvent, tell: (event: SesEvent) => void) => void;
  /** Puts servers between the functions and AWS: told where AWS is, it says where to go instead. */
  readonly between?: (endpoints: Endpoints) => Endpoints;
};

export type Local = {
  readonly run: RunFile;
  /** SES as it is reached from the functions. */
  setSesDown(isDown: boolean): void;
  /** How many calls SES refused while it was down. */
  sesRefusals(): number;
  /** Moves the clock of everything that runs, and lets happen what has come due. */
  moveClock(milliseconds: number): void;
  /**
   * Whether nothing is left to do of what streams, topics and schedules have started, and nothing is
   * being done of what is in queues: no lease ends too early if the clock moves now.
   */
  isIdle(): boolean;
  /** Which function a call of AWS comes from. */
  callerOf(accessKeyId: string): Caller | undefined;
  /** Invokes a function as its event source would: `('AU', 'sweep', {})`. */
  invoke(region: RegionCode, name: string, event: unknown): Promise<Outcome>;
  /** Ends a function's worker in the middle of whatever it does; the next call starts a new one. */
  kill(region: RegionCode, name: string): Promise<void>;
  /** Bytes in use on the heaps of all functions. */
  heapUsed(): Promise<number>;
  readonly queues: Queues;
  /** A log file per function: `<region>-<function>.log`. */
  readonly logs: string;
  /** Where the tables really are, behind the tap. */
  readonly dynamodb: string;
  /** What the Cognito stand-in stores; undefined for another server's. */
  dumpCognito(): unknown;
  stop(): Promise<void>;
};

const startIn = async (options: LocalOptions, opened: Opened): Promise<Local> => {
  const { regions, folder, data, runFile = join(options.folder, 'run.json') } = options;
  const { step = silentSteps, isBuilding = false } = options;
  const { report = (event, tell) => tell(event) } = options;
  const ports = portsFrom(options.port);
  const overrides = readOverrides(options.config);
  const portals = await openPortals(regions, ports.portals, 'the portal', opened);
  const homes = options.hasPortalPage ? regions : [];
  const pages = await openPortals(homes, ports.portalPages, 'the portal page', opened);
  const staffPageServer = opened.add(
    await openServer(ports.staffPage, 'the staff page'),
    ({ close }) => close(),
  );
  const receiver = opened.add(
    await openServer(ports.webhookReceiver, 'the webhook receiver'),
    ({ close }) => close(),
  );
  if (data) opened.add(takeDataFolder(data), (giveBack) => giveBack());
  const logs = join(folder, 'logs');
  for (const old of [logs, join(folder, 'queues')]) rmSync(old, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const functions = new Functions(logs);
  const queues = opened.add(
    new Queues({
      folder: join(folder, 'queues'),
      file: data && join(data, 'queues.json'),
      repeatEvery,
    }),
    (all) => all.close(),
  );
  const wiring = new Wiring(functions, queues);
  const buses = new EventBuses({ handOn: (arn, event) => queues.hand(arn, event) });
  const secrets = new Secrets();
  const watch = options.intercept ?? watchNothing;
  let enforce = watchNothing;
  const aws = opened.add(
    await startAws({
      mailboxPort: ports.mailbox,
      environment: options.environment ?? {},
      data,
      intercept: (call, proceed) => watch(call, () => enforce(call, proceed)),
      buses,
      queues,
      secrets,
      publish: (configurationSet, event) =>
        report(event, (told) => wiring.publish(configurationSet, told)),
      regionOf: (accessKeyId) => functions.callerOf(accessKeyId)?.region,
      emit: (record, { stream, keys }) => {
        for (const source of wiring.sourcesOf(stream?.arn ?? '')) {
          source.take(record, partitionNumber(record, keys[0] ?? ''));
        }
      },
    }),
    ({ close }) => close(),
  );
  await removeStaleRunFile(runFile, aws.mailbox);
  const issuer = opened.add(await startIssuer(ports.issuer), ({ close }) => close());

  const own = merge(configurationOf(standInPorts, homes), overrides);
  const itsPorts = openedPorts(ports, { portals, pages, issuer, receiver });
  const assembly = await synthesize({ overrides: own, isBuilding, folder, step }, itsPorts);
  const stacks = readAssembly(assembly).flatMap((stack) => {
    const code = regionOf(stack);
    return code && regions.includes(code) ? [{ code, stack }] : [];
  });
  await step('Preparing database and mail', () =>
    Promise.all(stacks.map(({ stack }) => provision(stack, aws))),
  );
  const clock = opened.add(
    new RunClock({ now: options.now, file: data && join(data, 'clock.json') }),
    (one) => one.stop(),
  );
  const endpoints = options.between?.(aws.endpoints) ?? aws.endpoints;
  for (const { code, stack } of stacks) {
    for (const definition of functionsOf(stack)) functions.add(code, definition, endpoints);
  }
  enforce = enforceRoles(stacks.map(({ stack }) => stack));
  for (const { stack } of stacks) {
    await buses.connect(stack);
    queues.connect(stack);
    secrets.connect(stack);
    wiring.connect(stack);
  }
  // Closed first: nothing must call what is about to go.
  opened.add(functions, (all) => all.stop());
  opened.add(wiring, (all) => all.stop());

  const served: Record<string, RunFile['regions'][string]> = {};
  for (const { code, stack } of stacks) {
    const entry = await serveRegion(code, stack, { portals, functions, issuer, logs });
    if (!entry) continue;
    const page = pages.get(code);
    page?.serve(portalPage(code, entry.portal, originOf(page.port)));
    const [webhookSecret] = secrets.valuesOf(webhookKeysOf(stack) ?? '');
    served[code] = {
      ...entry,
      ...(webhookSecret && { webhookSecret }),
      ...(page && { portalPage: originOf(page.port) }),
    };
  }
  const run: RunFile = {
    regions: served,
    mailbox: aws.mailbox,
    issuer: issuer.url,
    staffPage: staffPageServer.url,
    webhookReceiver: receiver.url,
    eventBus: aws.eventBus,
  };
  const moveClock = (milliseconds: number) => {
    clock.move(milliseconds);
    wiring.catchUp(milliseconds);
  };
  staffPageServer.serve(staffPage(run, moveClock));
  const keys = new Map(stacks.map(({ code, stack }) => [String(code), webhookKeysOf(stack) ?? '']));
  const secretsOf = (code: string) => secrets.valuesOf(keys.get(code) ?? '');
  receiver.serve(new WebhookReceiver({ secretsOf }).app());
  wiring.catchUp(0);
  writeRunFile(runFile, run);
  opened.add(run, () => removeRunFile(runFile, run));

  return {
    run,
    setSesDown: (isDown) => aws.ses.setDown(isDown),
    sesRefusals: () => aws.ses.refusals,
    moveClock,
    isIdle: () => wiring.isIdle,
    callerOf: (accessKeyId) => functions.callerOf(accessKeyId),
    invoke: (region, name, event) => functions.named(region, name).invoke(event),
    kill: (region, name) => functions.named(region, name).kill(),
    heapUsed: () => functions.heapUsed(),
    queues,
    logs,
    dynamodb: aws.behind.dynamodb,
    dumpCognito: () => aws.cognito?.dump(),
    stop: () => opened.close(),
  };
};

/**
 * Runs the synthesized stacks of some regions on this machine.
 * @throws LocalError with the one sentence that says why not; nothing is left running then
 */
export const startLocal = async (options: LocalOptions): Promise<Local> => {
  const opened = new Opened();
  try {
    return await startIn(options, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
};
