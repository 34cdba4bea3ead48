/**
 * One line of JSON. Only what is named here can be logged, and none of it is personal: no address,
 * no path (paths can carry tokens), no message of an exception.
 */
export type Line = {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly milliseconds?: number;
  readonly contactId?: string;
  readonly emailId?: string;
  readonly count?: number;
  readonly error?: string;
  readonly at?: string;
  /** Of a call of AWS. */
  readonly service?: string;
  readonly operation?: string;
  readonly awsRequestId?: string;
  /** Of a call of AWS, or of an event's way to the CRM. */
  readonly attempts?: number;
};

export const log = (line: Line): void => {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
};

/** The kind of an exception and where it was thrown, without its message, which can quote input. */
export const described = (error: unknown): Pick<Line, 'error' | 'at'> => {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return { error: error.name, ...(at && { at: at.trim() }) };
};

type AwsMetadata = {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly attempts?: number;
};

/** What AWS, or Node's network, said of a call that failed; never its message, which can quote input. */
export const awsFailure = (
  error: unknown,
): Pick<Line, 'error' | 'status' | 'awsRequestId' | 'attempts'> => {
  if (!(error instanceof Error)) return { error: typeof error };
  const metadata = '$metadata' in error ? (error.$metadata as AwsMetadata) : {};
  const { httpStatusCode: status, requestId: awsRequestId, attempts } = metadata;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return {
    error: code,
    ...(status !== undefined && { status }),
    ...(awsRequestId !== undefined && { awsRequestId }),
    ...(attempts !== undefined && { attempts }),
  };
};

/** CloudWatch counts it: one metric in the embedded metric format, in the namespace `Portal`. */
export const count = (metric: string, value = 1): void => {
  const _aws = {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: 'Portal',
        Dimensions: [['Function']],
        Metrics: [{ Name: metric, Unit: 'Count' }],
      },
    ],
  };
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'unknown';
  process.stdout.write(`${JSON.stringify({ _aws, Function: name, [metric]: value })}\n`);
};
