import { getDomain } from 'tldts';
import { type RegionCode, regionCodes } from '../../../shared/core/region.ts';
import { contrastFindings } from './contrast.ts';
import { requestTimeoutSeconds } from './limits.ts';
import { httpsUrl, localUrl, type Row, type Settings } from './schema.ts';

/** Where a region's data may be kept, by its country's policy; the first is the usual place. */
const countryPolicy: Record<RegionCode, readonly string[]> = {
  AU: ['ap-southeast-2', 'ap-southeast-4'],
  NZ: ['ap-southeast-6', 'ap-southeast-2'],
  US: ['us-west-2', 'us-east-1', 'us-east-2'],
};
/** Of those, the AWS regions that have SES. */
const withEmail = ['ap-southeast-2', 'us-west-2', 'us-east-1', 'us-east-2'];

type Range = readonly [least: number, most: number];
const day = 86_400;

/** What a deployed region may be set to, in seconds or as a count. */
const ranges: Partial<Record<keyof Row['limits'], Range>> = {
  invitationLinkSeconds: [3_600, 30 * day],
  invitationRenewableSeconds: [day, 90 * day],
  resetLinkSeconds: [300, day],
  sessionIdleSeconds: [60, 12 * 3_600],
  sessionAbsoluteSeconds: [300, 30 * day],
  keptSessionIdleSeconds: [60, 30 * day],
  keptSessionAbsoluteSeconds: [300, 30 * day],
  staffSessionIdleSeconds: [60, 12 * 3_600],
  staffSessionAbsoluteSeconds: [300, day],
  signInFailures: [3, 20],
  signInPauseSeconds: [1, 3_600],
  signInLongestPauseSeconds: [60, day],
  // Shorter than a function may run, and two could hold the same claim.
  claimSeconds: [3 * requestTimeoutSeconds, 600],
  leaseSeconds: [3 * requestTimeoutSeconds, 600],
  answerRequestsSeconds: [3_600, day],
  keepRequestsSeconds: [day, 90 * day],
  keepTimelineSeconds: [day, 7 * 365 * day],
};

/** A rule that a value breaks: the field, and what must stand there. */
export type Finding = { readonly path: readonly string[]; readonly message: string };

const readable = (value: string) => ({
  locale: () => new Intl.Locale(value),
  timeZone: () => new Intl.DateTimeFormat('en', { timeZone: value }),
});
const isKnown = (kind: 'locale' | 'timeZone', value: string): boolean => {
  try {
    readable(value)[kind]();
    return true;
  } catch {
    return false;
  }
};

const limitFindings = (code: RegionCode, { limits }: Row, isLocal: boolean): Finding[] => {
  const at = (name: keyof Row['limits']) => ['regions', code, 'limits', name];
  const outOfRange = Object.entries(ranges).flatMap(([name, [least, most]]) => {
    const value = limits[name as keyof typeof ranges];
    const lowest = isLocal ? 1 : least;
    return typeof value === 'number' && (value < lowest || value > most)
      ? [
          {
            path: at(name as keyof typeof ranges),
            message: `must be between ${lowest} and ${most}`,
          },
        ]
      : [];
  });
  const orders: (Finding | false)[] = [
    limits.staffEmailsPerDay.actor > limits.staffEmailsPerDay.region && {
      path: at('staffEmailsPerDay'),
      message: 'must not give one member of staff (actor) more than all together (region)',
    },
    limits.sessionIdleSeconds > limits.sessionAbsoluteSeconds && {
      path: at('sessionIdleSeconds'),
      message: 'must not be longer than sessionAbsoluteSeconds',
    },
    limits.keptSessionIdleSeconds > limits.keptSessionAbsoluteSeconds && {
      path: at('keptSessionIdleSeconds'),
      message: 'must not be longer than keptSessionAbsoluteSeconds',
    },
    limits.staffSessionIdleSeconds > limits.staffSessionAbsoluteSeconds && {
      path: at('staffSessionIdleSeconds'),
      message: 'must not be longer than staffSessionAbsoluteSeconds',
    },
    limits.signInPauseSeconds > limits.signInLongestPauseSeconds && {
      path: at('signInPauseSeconds'),
      message: 'must not be longer than signInLongestPauseSeconds',
    },
    limits.reminderSeconds.some((reminder) => reminder >= limits.invitationLinkSeconds) && {
      path: at('reminderSeconds'),
      message: 'must name times before the invitation link ends (invitationLinkSeconds)',
    },
  ];
  return [...outOfRange, ...orders.filter((order) => order !== false)];
};

/** Pages of the portal from which a client who is signed in is led on. */
const leadsBack = ['/', '/login', '/account'];

/** On the portal's site, so that browsers count both as one, and no page of the portal itself. */
const isOnSite = (portalUrl: string, origin: string, isLocal: boolean): boolean => {
  if (!URL.canParse(portalUrl) || !URL.canParse(origin)) return false;
  const [home, portal] = [new URL(portalUrl), new URL(origin)];
  const isPlain = home.search + home.hash + home.username + home.password === '';
  const isOurs = home.origin === portal.origin && leadsBack.includes(home.pathname);
  if (!isPlain || isOurs) return false;
  if (isLocal && localUrl(portalUrl)) return true;
  const site = getDomain(portal.hostname);
  return httpsUrl(portalUrl) && site !== null && getDomain(home.hostname) === site;
};

/** A site that may frame the console: docs/decisions/a-frame-on-the-same-site.md. */
const isFrameOrigin = (frame: string, origin: string, isLocal: boolean): boolean => {
  if (!URL.canParse(frame) || new URL(frame).origin !== frame) return false;
  if (isLocal && localUrl(frame)) return true;
  const site = getDomain(new URL(origin).hostname);
  return httpsUrl(frame) && site !== null && getDomain(new URL(frame).hostname) === site;
};

/** The rules between fields of one row. */
export const rowFindings = (code: RegionCode, row: Row, isLocal: boolean): Finding[] => {
  const at = (...path: string[]) => ['regions', code, ...path];
  const host = URL.canParse(row.origin) ? new URL(row.origin).hostname : '';
  const findings: (Finding | false)[] = [
    row.code !== code && { path: at('code'), message: `must be ${code}` },
    !(httpsUrl(row.origin) || (isLocal && localUrl(row.origin))) && {
      path: at('origin'),
      message: 'must be an https origin, such as https://customer.example.com',
    },
    row.portalUrl !== undefined &&
      !isOnSite(row.portalUrl, row.origin, isLocal) && {
        path: at('portalUrl'),
        message: `must be https on the portal's own site and no page of the portal itself, such as ${row.origin}/home`,
      },
    !countryPolicy[code].includes(row.awsRegion) && {
      path: at('awsRegion'),
      message: `must be where the country's policy keeps its data: ${countryPolicy[code].join(' or ')}`,
    },
    !countryPolicy[code].some(
      (place) => place === row.emailRegion && withEmail.includes(place),
    ) && {
      path: at('emailRegion'),
      message: `must be an allowed AWS region that has SES: ${countryPolicy[code]
        .filter((place) => withEmail.includes(place))
        .join(' or ')}`,
    },
    !isLocal &&
      !row.sender.endsWith(`@${host}`) && {
        path: at('sender'),
        message: `must be an address of the portal's own domain, such as no-reply@${host}`,
      },
    !isPlaceholder(row.certificate) &&
      !row.certificate.startsWith(`arn:aws:acm:${row.awsRegion}:${row.account}:`) && {
        path: at('certificate'),
        message: `must be of account ${row.account} in ${row.awsRegion}`,
      },
    !isLocal &&
      !host.endsWith(`.${row.dmarcReports.slice(row.dmarcReports.indexOf('@') + 1)}`) && {
        path: at('dmarcReports'),
        message: `must be an address of a parent domain of ${host}, which can have no mailbox itself`,
      },
    !isKnown('locale', row.locale) && {
      path: at('locale'),
      message: 'must be a language tag, such as en-AU',
    },
    !isKnown('timeZone', row.timeZone) && {
      path: at('timeZone'),
      message: 'must be a time zone name, such as Australia/Sydney',
    },
    ...row.staff.console.frameOrigins
      .filter((one) => !isFrameOrigin(one, row.origin, isLocal))
      .map((one) => ({
        path: at('staff', 'console', 'frameOrigins'),
        message: `must be https origins on the portal's own site, whose cookies browsers send in a frame, and not ${one}`,
      })),
    !isLocal &&
      !httpsUrl(row.staff.issuer) && {
        path: at('staff', 'issuer'),
        message: 'must be an https URL, such as https://issuer.example.com',
      },
  ];
  return [
    ...findings.filter((finding) => finding !== false),
    ...contrastFindings(row.brand, at('brand')),
    ...limitFindings(code, row, isLocal),
  ];
};

const isPlaceholder = (value: string) =>
  /^0{12}$|:0{12}:|^client-id-of-|\bexample\.(com|net|org|co)\b|000 000|555-01/.test(value);

/** What only the owner knows and a deployment can't do without. */
export const placeholderFindings = (code: RegionCode, row: Row): Finding[] => {
  const fields: readonly (readonly [readonly string[], string, string])[] = [
    [['account'], row.account, 'the 12 digits of the AWS account'],
    [['staff', 'issuer'], row.staff.issuer, 'the issuer of staff tokens'],
    [['staff', 'keysUrl'], row.staff.keysUrl, "the address of the issuer's key set"],
    [
      ['staff', 'console', 'clientId'],
      row.staff.console.clientId,
      "the staff console's client at the issuer",
    ],
    [['helpDesk', 'phone'], row.helpDesk.phone, 'the phone number clients can call'],
    [['helpDesk', 'email'], row.helpDesk.email, 'the address clients can write to'],
    [['certificate'], row.certificate, "the ARN of the certificate of the portal's host"],
    [['onCall'], row.onCall, 'the address that is told of alarms'],
    [['origin'], row.origin, "the portal's own origin"],
    [['webhook', 'url'], row.webhook?.url ?? '', "the CRM's address for events, or no webhook"],
  ];
  return fields
    .filter(([, value]) => isPlaceholder(value))
    .map(([path, , what]) => ({
      path: ['regions', code, ...path],
      message: `is still a placeholder: write ${what} before deploying`,
    }));
};

/** SES keeps one suppression list, quota and reputation per account and AWS region. */
export const accountFindings = ({ regions, keepData }: Settings): Finding[] =>
  regionCodes.flatMap((code, index) => {
    const row = regions[code];
    const other = regionCodes
      .slice(0, index)
      .find(
        (earlier) =>
          keepData &&
          !isPlaceholder(row.account) &&
          regions[earlier].account === row.account &&
          regions[earlier].emailRegion === row.emailRegion,
      );
    return other
      ? [
          {
            path: ['regions', code, 'account'],
            message: `must not be the account of ${other}: both would share one sending reputation in ${row.emailRegion}`,
          },
        ]
      : [];
  });
