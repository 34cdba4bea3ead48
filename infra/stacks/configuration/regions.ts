import type { RegionCode } from '../../../shared/core/region.ts';
import { franchise } from './brand.ts';

/** What ACM answers once a certificate is asked for: docs/deploying.md. */
const noCertificate = (awsRegion: string) =>
  `arn:aws:acm:${awsRegion}:000000000000:certificate/00000000-0000-0000-0000-000000000000`;

const staff = (region: string) => ({
  issuer: `https://staff.example.com/${region}`,
  keysUrl: `https://staff.example.com/${region}/.well-known/jwks.json`,
  audience: `customer-portal-${region}`,
  readScope: 'portal/read',
  writeScope: 'portal/write',
  console: { clientId: `client-id-of-staff-console-${region}`, frameOrigins: [] },
});

/**
 * One row per region; `configuration.ts` checks it. Values that only the owner knows are
 * placeholders (account 000000000000, example domains, made-up phone numbers): synthesis works with
 * them and a deployment stops until they are filled in.
 */
export const regions = {
  AU: {
    code: 'AU',
    country: 'Australia',
    brand: franchise,
    account: '000000000000',
    awsRegion: 'ap-southeast-2',
    emailRegion: 'ap-southeast-2',
    certificate: noCertificate('ap-southeast-2'),
    isLive: false,
    origin: 'https://customer.gjgardner.com.au',
    sender: 'no-reply@customer.gjgardner.com.au',
    locale: 'en-AU',
    timeZone: 'Australia/Sydney',
    helpDesk: {
      phone: '1300 000 000',
      email: 'portal-help@example.com.au',
      hours: 'Monday to Friday, 9 am to 5 pm Sydney time',
    },
    onCall: 'on-call@example.com.au',
    dmarcReports: 'dmarc@gjgardner.com.au',
    staff: staff('au'),
    epoch: 1,
  },
  NZ: {
    code: 'NZ',
    country: 'New Zealand',
    brand: franchise,
    account: '000000000000',
    // To keep New Zealand's data in Sydney instead, write ap-southeast-2 here.
    awsRegion: 'ap-southeast-6',
    emailRegion: 'ap-southeast-2', // Auckland has no SES.
    certificate: noCertificate('ap-southeast-6'),
    isLive: false,
    origin: 'https://customer.gjgardner.co.nz',
    sender: 'no-reply@customer.gjgardner.co.nz',
    locale: 'en-NZ',
    timeZone: 'Pacific/Auckland',
    helpDesk: {
      phone: '0800 000 000',
      email: 'portal-help@example.co.nz',
      hours: 'Monday to Friday, 9 am to 5 pm Auckland time',
    },
    onCall: 'on-call@example.co.nz',
    dmarcReports: 'dmarc@gjgardner.co.nz',
    staff: staff('nz'),
    epoch: 1,
  },
  US: {
    code: 'US',
    country: 'United States',
    brand: franchise,
    account: '000000000000',
    awsRegion: 'us-west-2',
    emailRegion: 'us-west-2',
    certificate: noCertificate('us-west-2'),
    isLive: false,
    origin: 'https://customer.gjgardner.com',
    sender: 'no-reply@customer.gjgardner.com',
    locale: 'en-US',
    timeZone: 'America/Denver',
    helpDesk: {
      phone: '1-800-555-0100',
      email: 'portal-help@example.com',
      hours: 'Monday to Friday, 9 am to 5 pm Mountain time',
    },
    onCall: 'on-call@example.com',
    dmarcReports: 'dmarc@gjgardner.com',
    staff: staff('us'),
    epoch: 1,
  },
} as const satisfies Record<RegionCode, object>;
