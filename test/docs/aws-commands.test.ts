import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandsIn, problemsOf } from './aws-commands.ts';

const documents = [
  'operations',
  'deploying',
  'security',
  'conformance',
  'staff',
  'costs',
  'receiving-events',
];
const commands = documents.flatMap((name) => {
  const file = `docs/${name}.md`;
  return commandsIn(readFileSync(file, 'utf8')).map((command) => ({ file, ...command }));
});

describe('every AWS command of the documents', () => {
  it('is found', () => {
    expect(commands.length).toBeGreaterThan(40);
  });

  it.each(commands.map((one) => [`${one.file}:${one.line}`, one.words.join(' '), one] as const))(
    'is one that the CLI has, with its options: %s %s',
    async (_, __, command) => {
      expect(await problemsOf(command)).toEqual([]);
    },
  );
});

it.each(documents)("docs/%s.md asks for nothing that macOS's shell tools lack", (name) => {
  const text = readFileSync(`docs/${name}.md`, 'utf8');
  expect(text).not.toMatch(/\b(date -d|date --date|sed -i|readlink -f|grep -P|stat -c)\b/);
});

describe('a command', () => {
  const check = async (text: string) => {
    const [command] = commandsIn(`Line one.\n\n\`\`\`sh\n${text}\n\`\`\`\n`);
    return command && problemsOf(command);
  };

  it.each([
    [
      'aws logs start-query --log-group-name-prefix /aws/x',
      /has no option --log-group-name-prefix/,
    ],
    ['aws dynamodb restore-table --table-name x', /has no command 'restore-table'/],
    ['aws dynamodb wait table-ready --table-name x', /knows no 'table-ready'/],
    ['aws dynamo describe-table', /is not known here/],
    ['aws dynamodb describe-table --region us-west-2', /needs --table-name/],
    ['aws dynamodb describe-table --table-name --region us-west-2', /--table-name needs a value/],
    ['q=$(aws sqs get-queue-url --name x)', /has no option --name/],
    ['aws sqs purge-queue \\\n  --queue x | cat', /has no option --queue/],
  ])('that the CLI does not have is told: %s', async (text, words) => {
    expect(await check(text)).toContainEqual(expect.stringMatching(words));
  });

  it.each([
    'aws cognito-idp create-user-pool-client --user-pool-id p --client-name c --allowed-o-auth-flows a b --callback-urls c',
    'aws sesv2 put-account-sending-attributes --no-sending-enabled',
    'aws events describe-rule --name x --query "a | b" # --no-such',
    'aws acm describe-certificate --certificate-arn <the ARN> && aws nothing',
    'aws lambda update-function-code',
  ])('that the CLI has is fine: %s', async (text) => {
    expect(await check(text)).toEqual([]);
  });

  it('is found with its line, in a block and within a sentence', () => {
    const lines = commandsIn(
      'a\n\n```sh\nx=$(aws sqs list-queues)\n```\n\nSay `aws sts x` or `awsx y`.',
    );
    expect(lines).toEqual([
      { line: 4, words: ['sqs', 'list-queues'] },
      { line: 7, words: ['sts', 'x'] },
    ]);
  });
});
