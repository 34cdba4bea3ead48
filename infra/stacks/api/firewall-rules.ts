import type * as waf from 'aws-cdk-lib/aws-wafv2';
import type { RefusalCode } from '../../../shared/core/refusal.ts';
import { securityHeaders } from '../../../shared/pages/security-headers.ts';
import { plainPage } from './plain-page.ts';

type Rule = waf.CfnWebACL.RuleProperty;
type Statement = waf.CfnWebACL.StatementProperty;

/** Sign-ins and reset requests that one address may make in five minutes. */
const attemptsPerAddress = 100;

/** Everything else: what the CRM's one address may ask of the staff calls, 20 a second. */
const requestsPerAddress = 6_000;

/** Public bodies are small forms; WAF looks at the first 16 KB of a body. */
const largestBody = 16_384;

export const metric = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false, // Samples would show query strings, and so the tokens of links.
});

const path = (regexString: string): Statement => ({
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString,
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'NORMALIZE_PATH' },
    ],
  },
});

const isPost: Statement = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString: 'POST',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

const both = (...statements: Statement[]): Statement => ({ andStatement: { statements } });
const not = (statement: Statement): Statement => ({ notStatement: { statement } });
const labelled = (key: string): Statement => ({ labelMatchStatement: { scope: 'LABEL', key } });

const isAttempt = both(
  isPost,
  path('^/(login|forgot-password|api/sessions|api/password-reset-requests)/?$'),
);
const isForProgram = path('^/(api|staff)(/|$)');
const isForStaff = path('^/staff/');

/** Marks who asks too often; `refusal` below says it in the caller's form. */
const perAddress = (name: string, limit: number, scopeDownStatement: Statement): Rule => ({
  name,
  priority: 0,
  action: { count: {} },
  ruleLabels: [{ name: 'too-many' }],
  statement: {
    rateBasedStatement: {
      limit,
      evaluationWindowSec: 300,
      aggregateKeyType: 'IP',
      scopeDownStatement,
    },
  },
  visibilityConfig: metric(name),
});

const isTooLarge: Statement = both(
  {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: largestBody,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  },
  not(isForStaff),
);

type Refused = {
  readonly name: string;
  readonly status: number;
  readonly code: RefusalCode;
  readonly words: string;
  readonly when: Statement;
};

const refused: readonly Refused[] = [
  {
    name: 'too-many',
    status: 429,
    code: 'too_many_attempts',
    words: 'Too many attempts. Please wait five minutes.',
    when: labelled('too-many'),
  },
  {
    name: 'too-large',
    status: 413,
    code: 'payload_too_large',
    words: 'The request is too large.',
    when: isTooLarge,
  },
];

/** The bodies of the firewall's own answers, by key: one for programs and one for people. */
export const bodies = Object.fromEntries(
  refused.flatMap(({ name, status, code, words }) => [
    [
      name,
      {
        contentType: 'APPLICATION_JSON', // WAF knows no `application/problem+json`.
        content: JSON.stringify({ type: 'about:blank', status, code, title: words }),
      },
    ],
    [`${name}-page`, { contentType: 'TEXT_HTML', content: plainPage(words) }],
  ]),
);

const block = ({ name, status, when }: Refused, isPage: boolean): Rule => ({
  name: isPage ? `${name}-page` : name,
  priority: 0,
  action: {
    block: {
      customResponse: {
        responseCode: status,
        customResponseBodyKey: isPage ? `${name}-page` : name,
        responseHeaders: Object.entries({
          ...securityHeaders,
          ...(status === 429 && { 'Retry-After': '300' }),
        }).map(([header, value]) => ({ name: header, value })),
      },
    },
  },
  statement: both(when, isPage ? not(isForProgram) : isForProgram),
  visibilityConfig: metric(isPage ? `${name}-page` : name),
});

/** A rule set that AWS maintains; the named rules only count. */
const managed = (name: string, ...counted: string[]): Rule => ({
  name,
  priority: 0,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      // WAF has refused an empty list.
      ...(counted.length > 0 && {
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  visibilityConfig: metric(name),
});

const inOrder: readonly Rule[] = [
  perAddress('too-many-attempts', attemptsPerAddress, isAttempt),
  perAddress('too-many-requests', requestsPerAddress, not(isAttempt)),
  ...refused.flatMap((refusal) => [block(refusal, false), block(refusal, true)]),
  managed('AWSManagedRulesAmazonIpReputationList'),
  // Its rules for bodies still block, so a password or a name with `${jndi:` is answered 403.
  managed('AWSManagedRulesKnownBadInputsRuleSet'),
  managed(
    'AWSManagedRulesCommonRuleSet',
    // A password may look like anything, and is only ever compared: what these rules see in bodies
    // is counted. Sizes are the rule above and the functions themselves.
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'EC2MetaDataSSRF_BODY',
    // A CRM built on .NET's HttpClient sends none.
    'NoUserAgent_HEADER',
    // The random part of a link may end like a file that this rule forbids, such as `.ini`.
    'RestrictedExtensions_QUERYARGUMENTS',
  ),
];

/** The rules of the web ACL, in the order in which WAF asks them. */
export const rules: Rule[] = inOrder.map((rule, priority) => ({ ...rule, priority }));
