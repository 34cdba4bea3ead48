import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Route, routes } from '../../../shared/api/routes.ts';
import { isSecure } from '../../../shared/core/region.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import type { FunctionName } from '../configuration/functions.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { onRequest, type PortalFunction } from '../constructs/function.ts';
import { removal } from '../constructs/removal.ts';
import { answerAsProblems } from './gateway-responses.ts';

/** The functions that answer requests, by name. */
export type Served = Readonly<Partial<Record<FunctionName, PortalFunction>>>;

/**
 * One line per request: the route and never the path as it was asked for, so that neither a query
 * string nor a link's token nor a contact's id is written down.
 */
const accessLine = {
  requestId: '$context.requestId',
  at: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  actor: '$context.authorizer.principalId',
  ip: '$context.identity.sourceIp',
  error: '$context.error.responseType',
  firewall: '$context.wafResponseCode',
};

/** The region's REST API, built from the route table. */
export class Api extends Construct {
  readonly rest: apigateway.RestApi;
  readonly domain: apigateway.DomainName | undefined;
  private readonly served: Served;
  private readonly authorizer: apigateway.TokenAuthorizer;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration, served: Served) {
    super(scope, id);
    this.served = served;
    const hasDomain = isSecure(configuration.region);
    const accessLogs = new logs.LogGroup(this, 'AccessLogs', {
      logGroupName: `/portal/${configuration.name}/access`,
      retention: configuration.logDays,
      removalPolicy: removal(configuration),
    });
    this.rest = new apigateway.RestApi(this, 'Rest', {
      restApiName: configuration.name,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      disableExecuteApiEndpoint: hasDomain,
      // Whatever a browser accepts first, an icon is sent as bytes; bodies then arrive in base64.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN, // One setting per account, shared by stages.
      deployOptions: {
        stageName: 'portal',
        accessLogDestination: new apigateway.LogGroupLogDestination(accessLogs),
        accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(accessLine)),
        loggingLevel: apigateway.MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        tracingEnabled: false,
        throttlingRateLimit: configuration.throttles.client.perSecond,
        throttlingBurstLimit: configuration.throttles.client.burst,
        methodOptions: methodOptions(configuration),
      },
    });
    this.authorizer = new apigateway.TokenAuthorizer(this, 'StaffAuthorizer', {
      handler: this.functionOf('staff-authorizer'),
      authorizerName: 'staff',
      // Anything else is refused here, without a function's help. A scheme's case is free (RFC 9110, 11.1).
      validationRegex:
        '^[Bb][Ee][Aa][Rr][Ee][Rr] [-0-9A-Za-z_]+\\.[-0-9A-Za-z_]+\\.[-0-9A-Za-z_]+$',
      // A token may be taken for this much longer than it lives.
      resultsCacheTtl: Duration.minutes(1),
    });
    for (const route of routes) this.serve(route);
    this.answerTheRest();
    answerAsProblems(this.rest);
    this.domain = hasDomain ? this.addDomain(configuration) : undefined;
    this.acknowledgeRules();
  }

  private functionOf(name: FunctionName): PortalFunction {
    const fn = this.served[name];
    if (!fn) throw new Error(`No function ${name} for a route of it.`);
    return fn;
  }

  /** A route, and HEAD wherever there is a GET: link checkers and mail scanners ask so. */
  private serve(route: Route): void {
    const resource = this.rest.root.resourceForPath(route.path);
    for (const name of route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]) {
      const method = resource.addMethod(
        name,
        integrationWith(this.functionOf(route.function)),
        route.audience === 'staff'
          ? { authorizer: this.authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM }
          : { authorizationType: apigateway.AuthorizationType.NONE },
      );
      acknowledge(method, route.audience === 'staff' ? staffOnly : open);
    }
  }

  /**
   * Any other method of a path, and a path that is only on the way to others (`/api`), are answered
   * by the staff console below its own path, and by the pages: API Gateway itself would call them
   * forbidden.
   */
  private answerTheRest(): void {
    for (const child of this.rest.root.node.findAll()) {
      if (!(child instanceof apigateway.ResourceBase)) continue;
      if (routes.some(({ method, path }) => method === 'ANY' && path === child.path)) continue;
      const name = /^\/staff-console(?:\/|$)/.test(child.path) ? 'staff-console' : 'pages';
      const method = child.addMethod('ANY', integrationWith(this.functionOf(name)), {
        authorizationType: apigateway.AuthorizationType.NONE,
      });
      acknowledge(method, open);
    }
  }

  private addDomain({ region, certificate }: RegionConfiguration): apigateway.DomainName {
    const domain = new apigateway.DomainName(this, 'Domain', {
      domainName: new URL(region.origin).host,
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', certificate),
    });
    new apigateway.CfnBasePathMapping(this, 'Mapping', {
      domainName: domain.domainName,
      restApiId: this.rest.restApiId,
      stage: this.rest.deploymentStage.stageName,
    });
    return domain;
  }

  private acknowledgeRules(): void {
    acknowledge(this.rest, {
      'AwsSolutions-APIG2':
        'Every function checks its own input against a schema and answers with field errors, which a model in API Gateway cannot.',
      'AwsSolutions-APIG6':
        'Execution logs would write down paths and query strings, and so the tokens of links; the access log says what is needed.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        "API Gateway's own role for writing logs is AWS's managed policy by AWS's instruction.",
      'Serverless-APIGWXrayEnabled': "API Gateway's traces hold URLs, and so the tokens of links.",
    });
  }
}

const open = {
  'AwsSolutions-APIG4':
    'A client has no AWS or bearer credential: the function checks the session or the link.',
  'AwsSolutions-COG4':
    'The pool has no public endpoint of its own; the function checks its own sessions.',
};
const staffOnly = {
  'AwsSolutions-COG4': "Staff are not in the clients' pool: an authorizer checks their tokens.",
};

const integrationWith = (fn: PortalFunction) =>
  new apigateway.LambdaIntegration(fn, {
    scopePermissionToMethod: false,
    timeout: onRequest.plus(Duration.seconds(1)),
  });

const methodOptions = ({ throttles }: RegionConfiguration) =>
  Object.fromEntries(
    routes
      .filter(({ method }) => method !== 'ANY') // The stage's own limits are for the rest.
      .map(({ method, path, audience }) => [
        `${path}/${method}`,
        {
          throttlingRateLimit: throttles[audience].perSecond,
          throttlingBurstLimit: throttles[audience].burst,
        },
      ]),
  );
