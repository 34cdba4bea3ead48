import { existsSync } from 'node:fs';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VariableName } from '../../shared/core/environment.ts';
import { pictureFile } from '../../shared/pages/assets/paths.ts';
import type { ConsoleSettings } from '../../shared/staff/settings.ts';
import { watchPortal } from './alarms/portal-alarms.ts';
import { Api } from './api/api.ts';
import { Firewall } from './api/firewall.ts';
import { ConfigurationError, type RegionConfiguration } from './configuration/configuration.ts';
import { bundleFolder, type FunctionName } from './configuration/functions.ts';
import { Accounts } from './constructs/accounts.ts';
import { EventBus } from './constructs/event-bus.ts';
import { dispatchBy, everyMinute, everyQuarter, undelivered } from './constructs/events.ts';
import { onRequest, PortalFunction } from './constructs/function.ts';
import { canLiftSuppression, canSeeSuppression, canSend } from './constructs/mail.ts';
import { mailNames } from './constructs/mail-names.ts';
import { Records } from './constructs/records.ts';
import { Webhook } from './constructs/webhook.ts';

/** Memory in MB: half a CPU for what a person waits for, less for what nobody waits for. */
const memory = { request: 1024, background: 512 };

/** Shorter than the claims and leases that such a function might still commit. */
const background = Duration.seconds(30);

/** One region: the REST API, its functions, the table, the user pool and the event bus. */
export class PortalStack extends Stack {
  private readonly configuration: RegionConfiguration;
  private readonly records: Records;
  private readonly accounts: Accounts;
  private readonly events: EventBus;

  constructor(scope: Construct, configuration: RegionConfiguration) {
    super(scope, configuration.name, {
      env: { account: configuration.account, region: configuration.awsRegion },
      description: `Customer portal of ${configuration.region.country}, stage ${configuration.stage}`,
      terminationProtection: configuration.isProtected,
    });
    this.configuration = configuration;
    this.records = new Records(this, 'Records', configuration);
    this.accounts = new Accounts(this, 'Accounts', configuration);
    this.events = new EventBus(this, 'Events', configuration);
    const failed = undelivered(this, 'Failed', configuration, 'failed');
    const functions = {
      pages: this.pages(),
      'reset-requests': this.resetRequests(),
      credentials: this.credentials(),
      sessions: this.sessions(),
      'staff-authorizer': this.staffAuthorizer(),
      'staff-read': this.staffRead(),
      'staff-write': this.staffWrite(),
      'staff-console': this.staffConsole(),
      outbox: this.outbox(),
      sweep: this.sweep(),
      canary: this.canary(),
    };
    dispatchBy(functions.outbox, this.records, failed);
    everyMinute(this, configuration, functions.sweep);
    everyQuarter(this, configuration, functions.canary);
    const api = new Api(this, 'Api', configuration, functions);
    const { records, accounts } = this;
    const webhook = this.webhook();
    const parts = { records, accounts, api, functions, failed, ...(webhook && { webhook }) };
    watchPortal(this, configuration, parts);
    new Firewall(this, 'Firewall', configuration, api.rest.deploymentStage.stageArn);
    if (api.domain) {
      new CfnOutput(this, 'PortalRecord', {
        description: 'DNS: a CNAME record of the portal host to this name',
        value: api.domain.domainNameAliasDomainName,
      });
    }
  }

  /** @throws ConfigurationError for a brand whose icons were not drawn */
  private pages(): PortalFunction {
    const { brand, country } = this.configuration.region;
    if (!existsSync(`${bundleFolder('pages')}/${pictureFile(brand, 'favicon.ico')}`)) {
      throw new ConfigurationError(
        `The icons of ${country}'s brand are missing: run npm run build first.`,
      );
    }
    return this.onRequest('pages');
  }

  private resetRequests(): PortalFunction {
    const fn = this.onRequest('reset-requests', this.tableVariables);
    this.records.canWrite(fn, 'request');
    return fn;
  }

  private credentials(): PortalFunction {
    const fn = this.onRequest('credentials', { ...this.tableVariables, ...this.poolVariables });
    this.records.canRead(fn);
    this.records.canWrite(fn, 'contact', 'signIns');
    this.accounts.canSignIn(fn);
    this.accounts.canCreate(fn);
    this.accounts.canSetPassword(fn);
    return fn;
  }

  private sessions(): PortalFunction {
    const fn = this.onRequest('sessions', { ...this.tableVariables, ...this.poolVariables });
    this.records.canRead(fn);
    this.records.canWrite(fn, 'contact', 'signIns');
    this.accounts.canSignIn(fn);
    this.accounts.canSetPassword(fn);
    return fn;
  }

  private staffAuthorizer(): PortalFunction {
    const { issuer, audience, keysUrl, readScope, writeScope, console } = this.configuration.staff;
    return this.onRequest('staff-authorizer', {
      STAFF_ISSUER: issuer,
      STAFF_AUDIENCE: audience,
      STAFF_KEYS_URL: keysUrl,
      STAFF_READ_SCOPE: readScope,
      STAFF_WRITE_SCOPE: writeScope,
      STAFF_CLIENT_ID: console.clientId,
    });
  }

  private staffRead(): PortalFunction {
    const fn = this.onRequest('staff-read', {
      ...this.tableVariables,
      ...this.poolVariables,
      EMAIL_REGION: this.configuration.emailRegion,
    });
    this.records.canRead(fn);
    this.records.canReadMany(fn);
    this.records.canList(fn);
    this.records.canListBy(fn, 'by-status', 'by-delivery', 'by-start', 'by-end');
    this.accounts.canLookAt(fn);
    canSeeSuppression(fn, this.configuration);
    return fn;
  }

  private staffWrite(): PortalFunction {
    const fn = this.onRequest('staff-write', {
      ...this.tableVariables,
      EMAIL_REGION: this.configuration.emailRegion,
    });
    this.records.canRead(fn);
    this.records.canReadMany(fn);
    this.records.canWrite(fn, 'contact', 'claim');
    this.records.canCountStaffEmails(fn);
    canSeeSuppression(fn, this.configuration);
    canLiftSuppression(fn, this.configuration);
    return fn;
  }

  private staffConsole(): PortalFunction {
    const { issuer, readScope, writeScope, console } = this.configuration.staff;
    const settings: ConsoleSettings = {
      clientId: console.clientId,
      scope: console.scope ?? `openid ${readScope} ${writeScope}`,
      parameters: Object.entries(console.parameters ?? {}),
      frameOrigins: console.frameOrigins,
      issuer,
      readScope,
      writeScope,
    };
    const fn = this.onRequest('staff-console', {
      ...this.tableVariables,
      STAFF_CONSOLE: JSON.stringify(settings),
    });
    this.records.canRead(fn, 'staffSession');
    this.records.canWrite(fn, 'staffSession');
    return fn;
  }

  private outbox(): PortalFunction {
    const { resets, others } = mailNames(this.configuration);
    const fn = this.portalFunction('outbox', memory.background, background, {
      ...this.tableVariables,
      ...this.poolVariables,
      EMAIL_REGION: this.configuration.emailRegion,
      RESET_CONFIGURATION_SET: resets,
      CONFIGURATION_SET: others,
      EVENT_BUS_NAME: this.events.bus.eventBusName,
    });
    this.records.canRead(fn);
    this.records.canReadMany(fn);
    this.records.canWrite(fn, 'contact', 'request');
    this.records.canList(fn);
    this.records.canListBy(fn, 'by-start', 'by-end');
    this.records.canWriteMany(fn, 'contact', 'request');
    this.records.canDelete(fn, 'claim');
    this.accounts.canDelete(fn);
    this.events.canPublish(fn);
    canSend(fn, this.configuration);
    return fn;
  }

  private sweep(): PortalFunction {
    const fn = this.portalFunction('sweep', memory.background, background, this.tableVariables);
    this.records.canRead(fn);
    this.records.canWrite(fn, 'contact', 'request');
    this.records.canListBy(fn, 'due');
    return fn;
  }

  private canary(): PortalFunction {
    const fn = this.portalFunction('canary', memory.background, background, this.tableVariables);
    this.records.canKeepCanary(fn);
    return fn;
  }

  private webhook(): Webhook | undefined {
    const { configuration, events: bus } = this;
    if (!configuration.webhook) return undefined;
    const { url } = configuration.webhook;
    return new Webhook(this, 'Webhook', { configuration, url, bus });
  }

  private onRequest(
    name: FunctionName,
    variables: Partial<Record<VariableName, string>> = {},
  ): PortalFunction {
    return this.portalFunction(name, memory.request, onRequest, variables);
  }

  private portalFunction(
    name: FunctionName,
    memoryInMb: number,
    timeout: Duration,
    variables: Partial<Record<VariableName, string>>,
  ): PortalFunction {
    const { configuration } = this;
    return new PortalFunction(this, name, {
      name,
      configuration,
      memory: memoryInMb,
      timeout,
      variables,
    });
  }

  private get tableVariables() {
    return { TABLE_NAME: this.records.tableName };
  }

  private get poolVariables() {
    return {
      USER_POOL_ID: this.accounts.pool.userPoolId,
      USER_POOL_CLIENT_ID: this.accounts.client.userPoolClientId,
    };
  }
}
