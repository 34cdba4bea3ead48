import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import type { Chapter, Document } from '../../sentence.ts';
import type { Target } from '../../target.ts';

const guide = (title: string, page: string): Document => ({
  title: `Lambda Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/lambda/latest/dg/${page}.html`,
});
const leadingKeys: Document = {
  title: "DynamoDB Developer Guide, 'Using IAM policy conditions for fine-grained access control'",
  url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
};

/** Invokes the probe's function whose role may write requests only. */
const invoke = async ({ aws, probe }: Target, event: object, FunctionName = probe.LimitedName) => {
  const { FunctionError, Payload } = await aws.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  const payload: unknown = JSON.parse(Payload?.transformToString() || 'null');
  return { error: FunctionError, payload };
};

const about = z.object({
  variables: z.record(z.string(), z.string()),
  credentials: z.array(z.string()),
  context: z.object({
    functionName: z.string(),
    memoryLimitInMB: z.string(),
    remaining: z.number(),
  }),
});
const itself = async (target: Target) => z.parse(about, (await invoke(target, {})).payload);

export const lambdaFunction: Chapter = {
  title: 'Lambda and IAM: a function and its rights',
  sentences: [
    {
      says: "A function sees its template's variables and those that Lambda sets",
      document: guide('Defined runtime environment variables', 'configuration-envvars'),
      check: async (target) => {
        const { variables } = await itself(target);
        assert.equal(variables['TABLE_NAME'], target.probe.TableName);
        assert.equal(variables['AWS_REGION'], target.row.awsRegion);
        assert.equal(variables['AWS_LAMBDA_FUNCTION_NAME'], target.probe.LimitedName);
        assert.equal(variables['TZ'], ':UTC');
      },
    },
    {
      says: "The role's credentials are in three environment variables",
      document: guide('Defined runtime environment variables', 'configuration-envvars'),
      check: async (target) => {
        const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
        assert.deepEqual((await itself(target)).credentials, names);
      },
    },
    {
      says: "The context tells the function's name, memory and the time that is left",
      document: guide(
        'Using the Lambda context object to retrieve Node.js function information',
        'nodejs-context',
      ),
      check: async (target) => {
        const { functionName, memoryLimitInMB, remaining } = (await itself(target)).context;
        assert.equal(functionName, target.probe.LimitedName);
        assert.equal(memoryLimitInMB, '256');
        assert.ok(remaining > 0 && remaining <= 25_000, String(remaining));
      },
    },
    {
      says: 'A function that reaches its time limit is stopped, and the invocation is an error that says so',
      document: guide('Configure Lambda function timeout', 'configuration-timeout'),
      check: async (target) => {
        const { error, payload } = await invoke(target, {}, target.probe.HangName);
        assert.equal(error, 'Unhandled');
        assert.match(JSON.stringify(payload), /timed out after 2/i);
      },
    },
    {
      says: 'A role with `dynamodb:LeadingKeys` writes items of that partition',
      document: leadingKeys,
      check: async (target) => {
        const pk = `REQUEST#${randomUUID()}`;
        assert.deepEqual((await invoke(target, { pk })).payload, { written: true });
      },
    },
    {
      says: 'A role with `dynamodb:LeadingKeys` is refused items of any other partition with AccessDeniedException',
      document: leadingKeys,
      check: async (target) => {
        for (const pk of [`CONTACT#${randomUUID()}`, `request#${randomUUID()}`]) {
          const refused = { refused: 'AccessDeniedException' };
          assert.deepEqual((await invoke(target, { pk })).payload, refused);
        }
      },
    },
    {
      says: 'A line in the embedded metric format that a function with JSON logs prints becomes a metric',
      document: {
        title: "CloudWatch User Guide, 'Specification: Embedded metric format'",
        url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html',
      },
      accountOnly:
        'the local run has no CloudWatch; the test of the alarms reads the lines themselves',
      check: async (target) => {
        await invoke(target, { metric: 'Told' });
        const from = Date.now() - 600_000;
        const seen = await target.eventually(async () => {
          const { Datapoints } = await target.aws.metrics.send(
            new GetMetricStatisticsCommand({
              Namespace: 'PortalConformance',
              MetricName: 'Told',
              Dimensions: [{ Name: 'Function', Value: target.probe.LimitedName }],
              StartTime: new Date(from),
              EndTime: new Date(Date.now() + 60_000),
              Period: 60,
              Statistics: ['Sum'],
            }),
          );
          return Datapoints?.[0]?.Sum;
        });
        assert.equal(seen, 1);
      },
    },
  ],
};
