import type { FunctionDefinition } from '../template/functions.ts';

/** Where AWS is for a function, as the SDK's standard variables. */
export type Endpoints = {
  readonly AWS_ENDPOINT_URL_DYNAMODB: string;
  readonly AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: string;
  readonly AWS_ENDPOINT_URL_SES: string;
  readonly AWS_ENDPOINT_URL_SESV2: string;
  readonly AWS_ENDPOINT_URL_EVENTBRIDGE: string;
  readonly AWS_ENDPOINT_URL_SQS: string;
  readonly AWS_ENDPOINT_URL_SECRETS_MANAGER: string;
};

/** The access key of a function's role, by which emulated services know who called. */
export const accessKeyOf = (functionName: string): string =>
  `AKIDLOCAL${functionName.replace(/[^A-Za-z0-9]/g, '').toUpperCase()}`;

/**
 * Every variable a function sees: those of the template, those Lambda itself sets (AWS Lambda
 * Developer Guide, 'Defined runtime environment variables'), and where AWS is. Nothing of the
 * machine's own environment.
 */
export const environmentOf = (
  definition: FunctionDefinition,
  endpoints: Endpoints,
): Record<string, string> => {
  const { name, region, handler, memoryInMb, folder, variables } = definition;
  return {
    ...variables,
    _HANDLER: handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryInMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: accessKeyOf(name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: folder,
    TZ: ':UTC',
    ...endpoints,
  };
};
