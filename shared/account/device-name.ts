/** What browsers say of themselves, the more particular first: many also name another. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['CrOS', 'Chromebook'],
  ['Linux', 'Linux'],
] as const;

type Names = readonly (readonly [sign: string, name: string])[];

const nameIn = (userAgent: string, names: Names): string | undefined =>
  names.find(([sign]) => userAgent.includes(sign))?.[1];

/** Names a device so that its owner knows it again; nothing of the header itself is kept. */
export const deviceName = (userAgent = ''): string => {
  const browser = nameIn(userAgent, browsers) ?? 'A browser';
  const system = nameIn(userAgent, systems);
  return system ? `${browser} on ${system}` : browser;
};
