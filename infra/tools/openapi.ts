import { readFileSync, writeFileSync } from 'node:fs';
import { openapiDocument } from '../../shared/api/openapi.ts';
import { regionCodes } from '../../shared/core/region.ts';
import { findingCodes, findings, type Rule } from '../../shared/diagnosis/findings.ts';
import { regions } from '../stacks/configuration/regions.ts';

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const remedyOf = ({ action }: Rule): string => {
  if (typeof action === 'function') return 'depends on the state';
  return action === undefined ? '' : `\`${action}\``;
};

const row = (code: (typeof findingCodes)[number]): string => {
  const rule: Rule = findings[code];
  const cells = [`\`${code}\``, rule.severity, rule.condition, `**${rule.title}.** ${rule.advice}`];
  return `| ${[...cells, remedyOf(rule)].join(' | ')} |`;
};

/** The table of findings, as the code has it. */
export const diagnosisPage = (): string =>
  `# What the diagnosis finds

Written by \`npm run openapi\` from \`shared/diagnosis/findings.ts\`; change it there.

A diagnosis has every finding whose condition holds, most useful first, in the order of this table,
and always at least one. The names in braces are filled in for the contact.

| code | severity | found when | what staff read | action |
|---|---|---|---|---|
${findingCodes.map(row).join('\n')}
`;

/** The OpenAPI document of all regions. */
export const openapiFile = (): string => {
  const { version }: { version: string } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const servers = regionCodes.map((code) => regions[code].origin);
  return `${JSON.stringify(openapiDocument(servers, version), undefined, 2)}\n`;
};

if (import.meta.main) {
  writeFileSync(at('docs/openapi.json'), openapiFile());
  writeFileSync(at('docs/diagnosis.md'), diagnosisPage());
}
