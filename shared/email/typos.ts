import type { RegionCode } from '../core/region.ts';
import { editDistance } from './edit-distance.ts';

export const warningCodes = ['domain_looks_mistyped', 'unexpected_country'] as const;

/** Tells staff that an address looks mistyped. It never stops them: odd addresses exist. */
export type Warning = {
  readonly code: (typeof warningCodes)[number];
  readonly message: string;
  /** The whole address that was probably meant. */
  readonly suggestion?: string;
};

/** Mailbox providers of the clients' countries: right as they are, and what typos are measured by. */
const providers = (
  'gmail.com googlemail.com ymail.com mail.com email.com gmx.com fastmail.com proton.me ' +
  'protonmail.com icloud.com hotmail.com hotmail.com.au hotmail.co.nz hotmail.co.uk outlook.com ' +
  'outlook.com.au outlook.co.nz live.com live.com.au live.co.uk yahoo.com yahoo.com.au ' +
  'yahoo.co.nz yahoo.co.uk rocketmail.com ' +
  'bigpond.com bigpond.com.au bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au dodo.com.au ' +
  'ozemail.com.au internode.on.net westnet.com.au ' +
  'xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz inspire.net.nz actrix.co.nz ' +
  'comcast.net verizon.net sbcglobal.net bellsouth.net earthlink.net windstream.net charter.net'
).split(' ');

/** A shorter name has too many real neighbours one letter away. */
const shortest = 'gmail.com'.length;

/** No registry sells names with these endings, or hardly anyone means them. */
const endings: readonly (readonly [wrong: string, right: string])[] = [
  ['.con', '.com'],
  ['.cmo', '.com'],
  ['.ocm', '.com'],
  ['.cim', '.com'],
  ['.cpm', '.com'],
  ['.vom', '.com'],
  ['.xom', '.com'],
  ['.comm', '.com'],
  ['.coom', '.com'],
  ['.com.com', '.com'],
  ['.nte', '.net'],
  ['.ent', '.net'],
  ['.co.au', '.com.au'],
  ['.con.au', '.com.au'],
  ['.cm.au', '.com.au'],
  ['.comau', '.com.au'],
  ['.com.aus', '.com.au'],
  ['.com.nz', '.co.nz'],
  ['.conz', '.co.nz'],
  ['.co.nx', '.co.nz'],
  ['.co.mz', '.co.nz'],
];

/** These have no versions by country. */
const worldwide = ['gmail', 'icloud', 'googlemail', 'protonmail'];

const countries = {
  au: 'Australia',
  nz: 'New Zealand',
  uk: 'the United Kingdom',
  us: 'the United States',
};
const home: Record<RegionCode, string> = { AU: 'au', NZ: 'nz', US: 'us' };
const versions = ['.com.au', '.co.nz', '.com'];

const isTypoOf = (typed: string, meant: string): boolean =>
  meant.length >= shortest && editDistance(typed, meant) === 1;

/** The domain that was probably meant by one that is probably wrong. */
export const intendedDomain = (domain: string): string | undefined => {
  if (providers.includes(domain)) return undefined;
  if (domain.startsWith('www.')) return domain.slice('www.'.length);
  const [name = '', ...rest] = domain.split('.');
  if (worldwide.includes(name) && rest.length === 2) return `${name}.com`;
  const ending = endings.find(([wrong]) => domain.endsWith(wrong));
  const mended = ending ? domain.slice(0, -ending[0].length) + ending[1] : domain;
  const provider = providers.find((meant) => meant === mended || isTypoOf(mended, meant));
  return provider ?? (ending && mended);
};

/** The country of a domain when it is another one than the region's. */
export const foreignCountry = (domain: string, region: RegionCode): string | undefined =>
  Object.entries(countries).find(
    ([ending]) => ending !== home[region] && domain.endsWith(`.${ending}`),
  )?.[1];

/** The same provider at home, when there is one. */
const atHome = (domain: string, region: RegionCode): string | undefined => {
  const [name] = domain.split('.');
  return versions
    .map((ending) => `${name}${ending}`)
    .find((known) => known.endsWith(`.${home[region]}`) && providers.includes(known));
};

/**
 * What looks wrong about a stored address of a client of that region.
 * @param address as `emailAddress` gives it
 */
export const looksMistyped = (address: string, region: RegionCode): Warning[] => {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const withDomain = (other: string): string => `${address.slice(0, at)}@${other}`;
  const meant = intendedDomain(domain);
  if (meant) {
    const suggestion = withDomain(meant);
    const message = `${domain} looks mistyped. Did the client mean ${suggestion}?`;
    return [{ code: 'domain_looks_mistyped', message, suggestion }];
  }
  const country = foreignCountry(domain, region);
  if (!country) return [];
  const message = `${domain} is an address in ${country}. Please check it with the client.`;
  const known = atHome(domain, region);
  return [{ code: 'unexpected_country', message, ...(known && { suggestion: withDomain(known) }) }];
};
