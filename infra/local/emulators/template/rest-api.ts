import * as z from 'zod/mini';
import type { Stack } from './stack.ts';

const resourceSchema = z.object({ ParentId: z.string(), PathPart: z.string() });
const methodSchema = z.object({
  HttpMethod: z.string(),
  ResourceId: z.string(),
  AuthorizerId: z.optional(z.string()),
  Integration: z.object({
    Type: z.literal('AWS_PROXY'),
    Uri: z.string(),
    TimeoutInMillis: z._default(z.number(), 29_000),
  }),
});
const authorizerSchema = z.object({
  Type: z.enum(['TOKEN', 'REQUEST']),
  AuthorizerUri: z.string(),
  IdentitySource: z._default(z.string(), ''),
  IdentityValidationExpression: z.optional(z.string()),
  AuthorizerResultTtlInSeconds: z._default(z.number(), 300),
});
const gatewayResponseSchema = z.object({
  ResponseType: z.string(),
  StatusCode: z.optional(z.string()),
  ResponseParameters: z._default(z.record(z.string(), z.string()), {}),
  ResponseTemplates: z._default(z.record(z.string(), z.string()), {}),
});
const stageSchema = z.object({
  StageName: z.string(),
  AccessLogSetting: z.optional(z.object({ Format: z.string() })),
});
const apiSchema = z.object({
  Name: z.string(),
  BinaryMediaTypes: z._default(z.array(z.string()), []),
});

export type GatewayResponse = z.infer<typeof gatewayResponseSchema>;
export type AuthorizerDefinition = {
  readonly type: 'TOKEN' | 'REQUEST';
  readonly functionArn: string;
  /** `method.request.header.Authorization`, separated by commas. */
  readonly identitySource: string;
  readonly validation?: string;
  readonly cacheSeconds: number;
};
export type Route = {
  readonly method: string;
  /** `/staff/contacts/{contactId}` */
  readonly path: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer?: AuthorizerDefinition;
};
export type RestApi = {
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly stage: string;
  readonly accessLogFormat?: string;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly Route[];
  readonly gatewayResponses: readonly GatewayResponse[];
};

/** `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations` */
const functionArnIn = (uri: string): string =>
  /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

const authorizersOf = (stack: Stack): Map<string, AuthorizerDefinition> =>
  new Map(
    stack
      .resources('AWS::ApiGateway::Authorizer', authorizerSchema)
      .map(({ logicalId, properties }) => [
        String(stack.ref(logicalId)),
        {
          type: properties.Type,
          functionArn: functionArnIn(properties.AuthorizerUri),
          identitySource: properties.IdentitySource,
          cacheSeconds: properties.AuthorizerResultTtlInSeconds,
          ...(properties.IdentityValidationExpression && {
            validation: properties.IdentityValidationExpression,
          }),
        },
      ]),
  );

const routesOf = (stack: Stack): Route[] => {
  const authorizers = authorizersOf(stack);
  const parts = new Map(
    stack
      .resources('AWS::ApiGateway::Resource', resourceSchema)
      .map(({ logicalId, properties }) => [String(stack.ref(logicalId)), properties]),
  );
  const pathOf = (id: string): string => {
    const part = parts.get(id);
    return part ? `${pathOf(part.ParentId)}/${part.PathPart}` : '';
  };
  return stack
    .resources('AWS::ApiGateway::Method', methodSchema)
    .map(({ properties: { HttpMethod, ResourceId, AuthorizerId, Integration } }) => {
      const authorizer = authorizers.get(AuthorizerId ?? '');
      return {
        method: HttpMethod,
        path: pathOf(ResourceId) || '/',
        functionArn: functionArnIn(Integration.Uri),
        timeoutMs: Integration.TimeoutInMillis,
        ...(authorizer && { authorizer }),
      };
    });
};

/** The REST API of a stack, if it has one. */
export const restApiOf = (stack: Stack): RestApi | undefined => {
  const api = stack.resources('AWS::ApiGateway::RestApi', apiSchema)[0];
  if (!api) return undefined;
  const stage = stack.resources('AWS::ApiGateway::Stage', stageSchema)[0]?.properties;
  const format = stage?.AccessLogSetting?.Format;
  return {
    id: String(stack.ref(api.logicalId)),
    region: stack.place.region,
    account: stack.place.account,
    stage: stage?.StageName ?? 'local',
    ...(format && { accessLogFormat: format }),
    binaryMediaTypes: api.properties.BinaryMediaTypes,
    routes: routesOf(stack),
    gatewayResponses: stack
      .resources('AWS::ApiGateway::GatewayResponse', gatewayResponseSchema)
      .map(({ properties }) => properties),
  };
};
