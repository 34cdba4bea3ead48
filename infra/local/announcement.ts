import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from './host/run-file.ts';

const country: Readonly<Record<string, string>> = {
  AU: 'Australia',
  NZ: 'New Zealand',
  US: 'United States',
};

/** Windows PowerShell has another command named `curl`. The quotes are for it too: `@` means something. */
const curlCommand = process.platform === 'win32' ? 'curl.exe' : 'curl';

/** The headers of a staff call, for `curl -H @file`: a token is too long for a screen. */
const headersFile = (folder: string, region: string): string => join(folder, `staff-${region}.txt`);

export const writeHeaders = (run: RunFile, folder: string): void => {
  for (const [region, { staffTokens }] of Object.entries(run.regions)) {
    writeFileSync(
      headersFile(folder, region),
      `Authorization: Bearer ${staffTokens.readWrite}\nContent-Type: application/json\n`,
      { mode: 0o600 },
    );
  }
};

export const removeHeaders = (run: RunFile, folder: string): void => {
  for (const region of Object.keys(run.regions)) {
    rmSync(headersFile(folder, region), { force: true });
  }
};

/** What a person who started the run needs to know. */
export const announce = (
  run: RunFile,
  {
    folder,
    runFile,
    logs,
    data,
  }: Readonly<Record<'folder' | 'runFile' | 'logs', string>> & {
    readonly data: string | undefined;
  },
): string => {
  const regions = Object.entries(run.regions);
  const [region, first] = regions[0] ?? [];
  const portals = regions.map(
    ([code, { portal }]) => `  ${code}          ${portal}   ${country[code] ?? ''}`,
  );
  const curl = region && [
    '',
    `The staff API of ${region} (all tokens are in ${runFile}, good while it runs):`,
    '',
    `  ${curlCommand} -H "@${headersFile(folder, region)}" ${first?.portal}/staff/contacts/c-1001`,
  ];
  return `${[
    '',
    'The customer portals are running.',
    '',
    ...portals,
    `  Mailbox     ${run.mailbox}   every email lands here`,
    `  Staff page  ${run.staffPage}   clients to invite in the staff console, and the clock to move`,
    `  Webhooks    ${run.webhookReceiver}   plays the CRM that hears of events`,
    ...regions.flatMap(([code, { portalPage }]) =>
      portalPage ? [`  ${code} home     ${portalPage}   plays what is behind Login`] : [],
    ),
    ...(curl || []),
    '',
    data ? `Data is kept in ${data}.` : 'Data is gone when this stops (--data <folder> keeps it).',
    `Functions log to ${logs}. Ctrl-C stops everything.`,
  ].join('\n')}\n`;
};
