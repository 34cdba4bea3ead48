import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Manifest = {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly environment?: string;
        readonly properties?: { readonly templateFile?: string };
      }
    >
  >;
};

type Template = { readonly region: string; readonly file: string };

/** The templates of a cloud assembly, with the AWS region that each is for. */
const templatesIn = (folder: string): Template[] => {
  const { artifacts } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as Manifest;
  return Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ environment = '', properties }) => ({
      region: environment.slice(environment.lastIndexOf('/') + 1), // aws://<account>/<region>
      file: `${folder}/${properties?.templateFile}`,
    }));
};

/** cfn-lint knows which types and values each AWS region has; `cdk synth` has written the templates. */
const lint = (folder: string): number => {
  let worst = 0;
  const byRegion = Map.groupBy(templatesIn(folder), ({ region }) => region);
  for (const [region, templates] of byRegion) {
    const files = templates.map(({ file }) => file);
    process.stdout.write(`${region}: ${files.length} templates\n`);
    // W3005 only says that CDK writes down dependencies which follow from references as well.
    const options = ['--regions', region, '--ignore-checks', 'W3005', '--', ...files];
    const { status, error } = spawnSync('cfn-lint', options, { stdio: 'inherit' });
    if (error) {
      process.stderr.write('cfn-lint is not installed: pipx install cfn-lint==1.51.0\n');
      return 2;
    }
    worst = Math.max(worst, status ?? 2);
  }
  return worst;
};

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['cdk.out'];
process.exitCode = Math.max(...folders.map(lint));
