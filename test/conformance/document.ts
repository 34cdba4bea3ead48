import type { Chapter, Sentence } from './sentence.ts';

const rowOf = ({ says, document, accountOnly }: Sentence): string =>
  `| ${says.replaceAll('|', '\\|')} | [${document.title}](${document.url}) | ${accountOnly ? 'account only' : 'both'} |`;

const chapterOf = ({ title, sentences }: Chapter): string =>
  `## ${title}

| what AWS does | where it is said | checked on |
|---|---|---|
${sentences.map(rowOf).join('\n')}
`;

/** `docs/conformance.md`: what the product believes of AWS. */
export const documentOf = (chapters: readonly Chapter[]): string => {
  const all = chapters.flatMap(({ sentences }) => sentences);
  const accountOnly = all.filter((sentence) => sentence.accountOnly).length;
  return `# What we believe of AWS

Every behaviour of AWS that the product or a stand-in of the local run relies on, one sentence each,
with the document that says so: ${all.length} sentences, ${all.length - accountOnly} of which the local run shows as well. This page
is written by their test.

\`\`\`sh
npm run conformance -- local     # the stand-ins of the local run; part of npm test
npm run conformance -- dev-au    # AWS, by your own credentials, in the account of that row
\`\`\`

Against AWS it makes a probe, four stacks under a random name (\`conformance-…\`) from the product's own
constructs, in the row's home and email region, checks every sentence on it and removes it, also after
a failure or Ctrl-C; about ten minutes, a few cents. What stays is what AWS itself keeps: the
probe's metric in the namespace \`PortalConformance\`, which ends by itself. Emails go from the row's sender to SES's
mailbox simulator only, and the sentences of the firewall ask the row's deployed portal, so that the
row is best deployed first. Sentences are then \`kept\`, \`broken\`, or \`not checkable here\` with the
reason, each counted as such. Exit code: 0 none is broken, 1 some are, 2 it could not be tried.

A broken sentence is a belief to correct: mend the stand-in first, so that the tests show what
follows from it.

${chapters.map(chapterOf).join('\n')}`;
};
