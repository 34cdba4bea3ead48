import type { RunFile } from './host/run-file.ts';

const country: Readonly<Record<string, string>> = {
  AU: 'Australia',
  NZ: 'New Zealand',
  US: 'United States',
};

/** What a person who started the run needs to know. */
export const announce = (
  run: RunFile,
  runFile: string,
  logs: string,
  data: string | undefined,
): string => {
  const regions = Object.entries(run.regions);
  const [first] = regions;
  const portals = regions.map(
    ([code, { portal }]) => `  ${code}          ${portal}   ${country[code] ?? ''}`,
  );
  const curl = first && [
    '',
    `Staff API of ${first[0]} (its token and the others are in ${runFile}, good for 12 hours):`,
    '',
    `  export STAFF_TOKEN=${first[1].staffTokens.readWrite}`,
    '',
    `  curl -s ${first[1].portal}/staff/contacts/c-1001/invitation \\`,
    '    -H "Authorization: Bearer $STAFF_TOKEN" -H "Content-Type: application/json" \\',
    `    -d '{"email": "jane@example.com", "name": "Jane Client"}'`,
  ];
  return `${[
    'The customer portals are running.',
    '',
    ...portals,
    `  Mailbox     ${run.mailbox}   every email lands here`,
    `  Staff page  ${run.staffPage}   invite a client here, as staff do in their CRM`,
    ...(curl ?? []),
    '',
    data
      ? `Data is kept in ${data}.`
      : 'Data is kept in memory and gone when this stops (--data <folder> keeps it).',
    `Functions log to ${logs}. Ctrl-C stops everything.`,
  ].join('\n')}\n`;
};
