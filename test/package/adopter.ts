/** A CDK app of somebody else, outside the repository, with the packed package installed. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** An install needs whatever this machine needs to reach its registry; keys of AWS are none of that. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')),
);

const run = async (
  program: string,
  parameters: readonly string[],
  cwd: string,
): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)(program, parameters, {
      cwd,
      env,
      maxBuffer: 2 ** 24,
    });
    return stdout;
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    throw new Error(`${message}\n${stdout}`);
  }
};

/** What an adopter's compiler checks: strictly, and the declarations of the package as well. */
const COMPILER = {
  target: 'es2022',
  // The declarations of aws-cdk-lib name Disposable.
  lib: ['es2022', 'esnext.disposable'],
  module: 'nodenext',
  strict: true,
  types: ['node'],
  rootDir: 'src',
  outDir: 'out',
  rewriteRelativeImportExtensions: true,
};

const APP = `
import { App } from 'aws-cdk-lib';
import { OrchestratorStack } from 'tandem';
import { AdoptionStack } from './adoption.ts';

const [found = '', outdir = ''] = process.argv.slice(2);
const app = new App({ outdir, analyticsReporting: false });
new OrchestratorStack(app, 'tandem');
new AdoptionStack(app, 'shop-releases', JSON.parse(found));
app.synth();
`;

/** Packs the package, and installs it in a new app in `folder` as `npm install` does. */
export const install = async (folder: string): Promise<void> => {
  await run('npm', ['pack', '--pack-destination', folder], root);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const libraries = ['aws-cdk-lib', 'constructs', '@types/node'].map(
    (name) => `${name}@${devDependencies[name]}`,
  );
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tarball = `./tandem-${version}.tgz`;
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', ['install', ...quietly, tarball, ...libraries], folder);
};

/** Writes the app with the stack of the tests, and compiles it; throws what the compiler says. */
export const compile = async (folder: string): Promise<void> => {
  const stack = readFileSync(join(root, 'test/scenarios/adoption.ts'), 'utf8');
  mkdirSync(join(folder, 'src'));
  writeFileSync(
    join(folder, 'src', 'adoption.ts'),
    stack.replace("'../../infra/index.ts'", "'tandem'"),
  );
  writeFileSync(join(folder, 'src', 'app.ts'), APP);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER, include: ['src'] }),
  );
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')], folder);
};

/** Synthesizes the app; gives the folder of its templates. */
export const synthesize = async (folder: string, found: unknown): Promise<string> => {
  const to = join(folder, 'cdk.out');
  await run(process.execPath, ['out/app.js', JSON.stringify(found), to], folder);
  return to;
};

/** What the command of the package prints. */
export const tandem = (folder: string, parameters: readonly string[]): Promise<string> =>
  run(process.execPath, ['node_modules/tandem/cli/tandem.mjs', ...parameters], folder);
