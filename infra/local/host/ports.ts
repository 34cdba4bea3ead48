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

/** Each port by its distance from the base. */
const each = (port: (distance: number) => number): Ports => ({
  portals: { AU: port(1), NZ: port(2), US: port(3) },
  portalPages: { AU: port(94), NZ: port(95), US: port(96) },
  issuer: port(91),
  mailbox: port(92),
  staffPage: port(93),
  webhookReceiver: port(97),
});

/** Stand for ports in what runs share, whatever their bases: no run can have one of these itself. */
export const standInPorts = each((distance) => distance);

const listOf = ({ portals, portalPages, issuer, webhookReceiver, ...others }: Ports): number[] => [
  ...Object.values(portals),
  ...Object.values(portalPages),
  ...[issuer, webhookReceiver, others.mailbox, others.staffPage],
];

/** Puts the ports of a run where others stand for them. */
export const putPorts = (text: string, ports: Ports): string => {
  const own = new Map(listOf(standInPorts).map((standIn, at) => [standIn, listOf(ports)[at]]));
  return text.replace(/\b(localhost|127\.0\.0\.1):(\d+)/g, (address, name, port) => {
    const put = own.get(Number(port));
    return put === undefined ? address : `${name}:${put}`;
  });
};

/**
 * The ports of a run: portals on those after the base, the issuer 91, the mailbox 92 and the
 * staff page 93 after it (4190 would be one that browsers refuse), portal pages from 94 on, the
 * webhook receiver 97.
 * @param base 0 for any free ports
 * @throws LocalError when a browser could not open one of them
 */
export const portsFrom = (base: number): Ports =>
  each((distance) => {
    const port = base && base + distance;
    if (!refused.includes(port)) return port;
    throw new LocalError(`--port ${base} can't be: browsers refuse to open port ${port}.`);
  });
