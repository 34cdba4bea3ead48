import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized, synthesizedInto } from '../../support/synthesized.ts';

/** AWS Control Tower's rules that do not hold here, and why. */
const exceptions: Record<string, string> = {
  'CT.APIGATEWAY.PR.1':
    'Execution logs write down query strings, and so the tokens of links; the access log is on.',
  'CT.APIGATEWAY.PR.2': "API Gateway's traces hold URLs, and so the tokens of links.",
  'CT.CLOUDWATCH.PR.3':
    'Logs hold no personal data but source addresses, and are encrypted with the key of CloudWatch.',
  'CT.KMS.PR.3':
    "The account's own roles administer its keys, as CDK writes it; nobody else can make a grant.",
  'CT.LAMBDA.PR.2':
    "Every permission names this API's own ARN; the rule does not read an ARN joined from parts.",
  'CT.LAMBDA.PR.3':
    'The functions call AWS alone, over TLS with short-lived roles; a VPC would add cost and cold starts.',
  'CT.SQS.PR.1': 'The queues are themselves where failed work ends.',
};

const names = ['portal-prod-nz', 'portal-prod-nz-mail'];
const everyRule = globSync(
  'node_modules/@cdklabs/cdk-validator-cfnguard/rules/control-tower/**/*.guard',
);

/** The rules about types that the stacks have: the others, most of them, would take five times as long. */
const rulesFor = (types: ReadonlySet<string>): string[] =>
  everyRule.filter((file) =>
    readFileSync(file, 'utf8')
      .match(/AWS::\w+::\w+/g)
      ?.some((type) => types.has(type)),
  );

let found = new Map<string, string[]>();
beforeAll(async () => {
  const [folder, stacks] = [await synthesizedInto(), await synthesized()];
  const types = new Set(
    names.flatMap((name) => Object.values(stacks[name]?.resources ?? {}).map(({ Type }) => Type)),
  );
  const rules = rulesFor(types);
  expect(rules.length).toBeGreaterThan(30);
  const guard = new CfnGuardValidator({ controlTowerRulesEnabled: false, rules });
  const { violations } = guard.validate({
    templatePaths: names.map((name) => join(folder, `${name}.template.json`)),
    appConstruct: new App(),
  });
  for (const { description = '', violatingResources } of violations) {
    const rule = /^\[([^\]]+)\]/.exec(description)?.[1] ?? description;
    const resources = violatingResources.map(({ resourceLogicalId }) => resourceLogicalId);
    found = found.set(rule, [...(found.get(rule) ?? []), ...resources]);
  }
});

describe("AWS Control Tower's Guard rules", () => {
  it('hold, but for those with a reason', () => {
    const unexplained = [...found].filter(([rule]) => !(rule in exceptions));
    expect(unexplained).toEqual([]);
  });

  it('are excepted only where they are broken', () => {
    expect(Object.keys(exceptions).filter((rule) => !found.has(rule))).toEqual([]);
  });
});
