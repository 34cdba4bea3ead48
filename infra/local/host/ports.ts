import type { RegionCode } from '../../../shared/core/region.ts';
import { LocalError } from './local-error.ts';

/** Ports above 1023 that browsers and `fetch` refuse to open (Fetch Standard, 'bad port'). */
const refused = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080,
];

export type Ports = {
  readonly portals: Readonly<Record<RegionCode, number>>;
  readonly portalPages: Readonly<Record<RegionCode, number>>;
  readonly issuer: number;
  readonly mailbox: number;
  readonly staffPage: number;
  readonly webhookReceiver: number;
};

/**
 * The ports of a run: portals on those after the base, the issuer 91, the mailbox 92 and the
 * staff page 93 after it (4190 would be one that browsers refuse), portal pages from 94 on, the
 * webhook receiver 97.
 * @param base 0 for any free ports
 * @throws LocalError when a browser could not open one of them
 */
export const portsFrom = (base: number): Ports => {
  const after = (distance: number): number => {
    const port = base && base + distance;
    if (!refused.includes(port)) return port;
    throw new LocalError(`--port ${base} can't be: browsers refuse to open port ${port}.`);
  };
  return {
    portals: { AU: after(1), NZ: after(2), US: after(3) },
    portalPages: { AU: after(94), NZ: after(95), US: after(96) },
    issuer: after(91),
    mailbox: after(92),
    staffPage: after(93),
    webhookReceiver: after(97),
  };
};
