import { LocalError } from '../../host/local-error.ts';
import type { RequestContext } from './context.ts';

/**
 * Every `$context` name that AWS documents for REST APIs, by where it may stand (API Gateway
 * Developer Guide, 'Variables for data transformations' and 'Variables for access logging'). A name
 * that ends in a dot has names of the API's own below it.
 */
const anywhere = `
  accountId apiId authorizer. awsEndpointRequestId deploymentId domainName domainPrefix
  error.message error.messageString error.responseType error.validationErrorString
  extendedRequestId httpMethod identity.accountId identity.apiKey identity.apiKeyId identity.caller
  identity.clientCert.clientCertPem identity.clientCert.issuerDN identity.clientCert.serialNumber
  identity.clientCert.subjectDN identity.clientCert.validity.notAfter
  identity.clientCert.validity.notBefore identity.cognitoAuthenticationProvider
  identity.cognitoAuthenticationType identity.cognitoIdentityId identity.cognitoIdentityPoolId
  identity.principalOrgId identity.sourceIp identity.user identity.userAgent identity.userArn
  identity.vpcId identity.vpceId isCanaryRequest path protocol requestId requestTime
  requestTimeEpoch resourceId resourcePath stage wafResponseCode webaclArn`;
const inAccessLogs = `
  authenticate.error authenticate.latency authenticate.status authorize.error authorize.latency
  authorize.status customDomain.basePathMatched endpointType integration.error
  integration.integrationStatus integration.latency integration.requestId integration.status
  integrationErrorMessage integrationLatency integrationStatus responseLatency responseLength status
  waf.error waf.latency waf.status xrayTraceId`;

const namesIn = (text: string): string[] => text.trim().split(/\s+/);
const documented = {
  'a gateway response': namesIn(anywhere),
  'an access log': namesIn(anywhere + inAccessLogs),
};

const variable = /\$context\.([A-Za-z_]+(?:\.[A-Za-z_]+)*)/g;

/**
 * Checks a template before anything is answered with it.
 * @throws LocalError naming a variable that API Gateway does not have there
 */
export const checkVariables = (template: string, place: keyof typeof documented): void => {
  for (const [, name = ''] of template.matchAll(variable)) {
    const isKnown = documented[place].some((known) =>
      known.endsWith('.') ? name.startsWith(known) : name === known,
    );
    if (!isKnown) throw new LocalError(`API Gateway has no $context.${name} in ${place}.`);
  }
};

/** `25/Nov/2026:09:05:00 +0000`, the form of Apache's common log (`$context.requestTime`). */
export const logTime = (at: number): string => {
  const [, day, month, year, time] = new Date(at).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};

const valuesOf = (context: RequestContext): Readonly<Record<string, unknown>> => ({
  accountId: context.api.account,
  apiId: context.api.id,
  requestId: context.requestId,
  extendedRequestId: context.requestId,
  requestTime: logTime(context.at),
  requestTimeEpoch: context.at,
  httpMethod: context.method,
  path: context.path,
  protocol: 'HTTP/1.1',
  resourcePath: context.resource,
  stage: context.api.stage,
  status: context.status,
  responseLatency: Date.now() - context.at,
  integrationLatency: context.functionMs,
  'identity.sourceIp': context.sourceIp,
  'identity.userAgent': context.userAgent,
  'error.responseType': context.errorType,
  'error.message': context.errorMessage,
  'error.messageString': context.errorMessage && `"${context.errorMessage}"`,
  ...Object.fromEntries(
    Object.entries(context.authorizer ?? {}).map(([name, value]) => [`authorizer.${name}`, value]),
  ),
});

/**
 * Fills in a gateway response's template or an access log's format: simple substitution, without
 * escaping (API Gateway Developer Guide, 'Gateway responses'); what has no value is `-`.
 */
export const fillIn = (template: string, context: RequestContext): string => {
  const values = valuesOf(context);
  return template.replace(variable, (_, name: string) => String(values[name] ?? '-'));
};
