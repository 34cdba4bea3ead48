import { parseArgs } from 'node:util';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { LocalError } from './host/local-error.ts';

export const help = `Runs the customer portals of all regions on this machine.

  npm start                            AU on 4101, NZ on 4102, US on 4103, the mailbox on 4192,
                                       the staff page on 4193, the webhook receiver on 4197
  npm start -- --port 5100             the same on 5101, 5102, 5103, 5192, 5193 and 5197
  npm start -- --region AU,NZ          some regions only
  npm start -- --portal-page           with a page per region that plays the customer portal proper
  npm start -- --data my-data          keeps data in that folder between runs
  npm start -- --config my-run.json    overrides the configuration, for example
                                       {"limits": {"resetLinkSeconds": 5}}
  npm start -- --now 2026-12-24T09:00  as if it were then (UTC); the staff page moves the clock on
  npm start -- --help                  this page

Everything starts from nothing each time unless --data says otherwise. With AWS_ENDPOINT_URL, or
AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER and AWS_ENDPOINT_URL_SES set,
those servers are used instead of the embedded ones; what they hold is never deleted. The firewall,
custom domains and throttling are not part of a local run.

Staff tokens are in .local/run.json; the issuer gives more:
  curl -d grant_type=client_credentials -d client_id=crm -d aud=customer-portal-au \\
    -d scope="portal/read portal/write" http://127.0.0.1:4191/token

The mailbox's page has a switch that turns SES off and on, the webhook receiver's page one for itself.
Emails to a domain under .invalid bounce, and the addresses of SES's mailbox simulator do what they do
on AWS.
`;

export type Arguments =
  | { readonly isHelp: true }
  | {
      readonly isHelp: false;
      /** Portals are on the ports after it. */
      readonly port: number;
      readonly regions: readonly RegionCode[];
      readonly hasPortalPage?: boolean;
      readonly data?: string;
      readonly config?: string;
      /** Where its clock stands at the start, in milliseconds since 1970. */
      readonly now?: number;
    };

const options = {
  port: { type: 'string' },
  region: { type: 'string' },
  'portal-page': { type: 'boolean', default: false },
  data: { type: 'string' },
  config: { type: 'string' },
  now: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: false }).values;
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    throw new LocalError(`${sentence}: see npm start -- --help.`);
  }
};

/** The last port of a run is 97 after it. */
const portFrom = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1_024 && port <= 65_400) return port;
  throw new LocalError(`--port must be a number from 1024 to 65400, not ${text}.`);
};

const regionsFrom = (text: string): RegionCode[] => {
  const wanted = text.split(',').map((word) => word.trim().toUpperCase());
  const unknown = wanted.find((word) => !regionCodes.some((code) => code === word));
  if (unknown === undefined) return regionCodes.filter((code) => wanted.includes(code));
  throw new LocalError(`--region knows ${regionCodes.join(', ')}, and not '${unknown}'.`);
};

const timeFrom = (text: string): number => {
  const time = Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw new LocalError(`--now must be a time as in 2026-12-24T09:00, not ${text}.`);
};

/** An empty word is a variable of a shell that is not set. */
const pathFrom = (option: string, text: string): string => {
  if (text.trim() !== '') return text;
  throw new LocalError(`${option} needs a name after it.`);
};

/**
 * Reads the command line.
 * @throws LocalError with the sentence to print
 */
export const readArguments = (words: readonly string[]): Arguments => {
  const values = parse(words);
  const { port = '4100', region = regionCodes.join(','), data, config, now, help } = values;
  if (help) return { isHelp: true };
  return {
    isHelp: false,
    port: portFrom(port),
    regions: regionsFrom(region),
    ...(values['portal-page'] && { hasPortalPage: true }),
    ...(data !== undefined && { data: pathFrom('--data', data) }),
    ...(config !== undefined && { config: pathFrom('--config', config) }),
    ...(now !== undefined && { now: timeFrom(now) }),
  };
};
