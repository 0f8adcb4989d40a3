/** The commands of the two projects as CodeBuild runs them, with an `aws` and a `docker` that write down what is asked of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../core/checks/input.ts';
import { ENDS, type End } from '../../core/release/end.ts';
import { CloseRelease } from '../../core/steps/close-release.ts';
import { pipelineTemplate, propertiesOf } from './pipelines.ts';

const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const COMMIT = '8c1f0e6a4b0d4f7e9a3b5c2d1e0f9a8b7c6d5e4f';

/** Writes down its call; the rest of the text decides on `$*`. */
const program = (answers: string) => `#!/bin/bash
call="\${0##*/} $*"
printf '%s\\n' "$call" >> "$CALLS"
${answers}`;

/** A repository that knows what was pushed, and a function whose version follows its code. */
const AWS = program(`
case "$*" in
  'ecr describe-images '*)
    case $DENIED in yes) echo 'An error occurred (AccessDeniedException)' >&2; exit 254 ;; esac
    tag=\${call##*imageTag=}
    grep -qx "$tag" "$STATE/tags" 2>/dev/null && { echo '{"imageDetails":[{}]}'; exit 0; }
    echo 'An error occurred (ImageNotFoundException) when calling the DescribeImages operation' >&2
    exit 254 ;;
  'ecr get-login-password') echo secret ;;
  'lambda update-function-code '*)
    archive=\${call##*fileb://} archive=\${archive%% *}
    cp "$archive" "$STATE/last.zip"
    sum=$(cksum < "$archive")
    touch "$STATE/versions"
    [ "$(tail -n 1 "$STATE/versions")" = "$sum" ] || echo "$sum" >> "$STATE/versions"
    grep -c '' "$STATE/versions" ;;
  'stepfunctions describe-execution '*) printf '%s\\n' "$OUTPUT" ;;
esac`);

const DOCKER = program(`
case "$1" in
  login) cat > "$STATE/password" ;;
  build) exit "\${BUILD_FAILS:-0}" ;;
  push) echo "\${2##*:}" >> "$STATE/tags" ;;
esac`);

/** The two programs of a pipe begin in any order. */
const LOGIN =
  /^(aws ecr get-login-password|docker login --username AWS --password-stdin 111122223333\..*)$/;

const template = pipelineTemplate();

/** The commands of a project, as its template holds them. */
const commandsOf = (project: 'build' | 'end'): string =>
  JSON.parse(
    propertiesOf(template, 'AWS::CodeBuild::Project', `"Name":"tandem-shop-${project}"`).Source
      .BuildSpec,
  ).phases.build.commands.join('\n');

/** A build container: a source, fake programs, and what they remember between runs. */
const container = (settings: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  const [bin, state, source] = ['bin', 'state', 'source'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [bin, state, join(source, 'web'), join(source, 'api', 'lib')])
    mkdirSync(one, { recursive: true });
  for (const [name, text] of Object.entries({ aws: AWS, docker: DOCKER })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(source, 'api', 'index.mjs'), 'export const handler = async () => 1;\n');
  writeFileSync(join(source, 'api', 'lib', 'items.mjs'), 'export const items = [];\n');
  const calls = join(folder, 'calls');
  const run = (project: 'build' | 'end', more: Readonly<Record<string, string>> = {}) => {
    writeFileSync(calls, '');
    const { status, stderr, error } = spawnSync('bash', ['-c', commandsOf(project)], {
      // With a socket as its input, bash would take itself for a remote shell and read somebody's .bashrc.
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: source,
      encoding: 'utf8',
      env: {
        PATH: [bin, process.env.PATH].join(delimiter),
        TMPDIR: state,
        CALLS: calls,
        STATE: state,
        DENIED: 'no',
        PAIR: 'shop',
        SOURCE: 'corner/shop main',
        REVISION: COMMIT,
        PIPELINE_EXECUTION: 'e-1',
        CODEBUILD_INITIATOR: 'codepipeline/tandem-shop',
        IMAGE_TARGET: 'web',
        IMAGE_URI: `${REGISTRY}/shop-web`,
        IMAGE_FOLDER: 'web',
        IMAGE_PLATFORM: 'linux/arm64',
        FUNCTION_TARGET: 'api',
        FUNCTION_NAME: 'shop-api',
        FUNCTION_FOLDER: 'api',
        ...settings,
        ...more,
      },
    });
    if (error) throw error;
    return {
      status,
      stderr,
      calls: readFileSync(calls, 'utf8')
        .trim()
        .split('\n')
        .map((call) => call.replace(/fileb:\S+/, 'fileb:…')),
    };
  };
  const input = (): unknown => JSON.parse(readFileSync(join(source, 'release.json'), 'utf8'));
  return { source, state, run, input };
};

/** What an image needs; nothing of it for a pipeline that builds none. */
const NO_IMAGE = { IMAGE_TARGET: '', IMAGE_URI: '' };
const NO_FUNCTION = { FUNCTION_TARGET: '', FUNCTION_NAME: '' };

const hasZip = spawnSync('zip', ['-v']).status === 0;

describe.runIf(hasZip)('the commands of the build', () => {
  it('push the image, publish the function, and write the input of their release', () => {
    const { run, input, state } = container();
    const { status, calls } = run('build');

    expect(status).toBe(0);
    expect(calls).toEqual([
      `aws ecr describe-images --repository-name shop-web --image-ids imageTag=${COMMIT}`,
      expect.stringMatching(LOGIN),
      expect.stringMatching(LOGIN),
      `docker build --platform linux/arm64 --tag ${REGISTRY}/shop-web:${COMMIT} web`,
      `docker push ${REGISTRY}/shop-web:${COMMIT}`,
      'aws lambda wait function-updated --function-name shop-api',
      'aws lambda update-function-code --function-name shop-api --zip-file fileb:… --publish --query Version --output text',
      'aws lambda wait published-version-active --function-name shop-api --qualifier 1',
    ]);
    expect(readFileSync(join(state, 'password'), 'utf8')).toBe('secret\n');
    expect(readInput(input())).toMatchObject({ kind: 'release' });
    expect(input()).toEqual({
      pair: 'shop',
      targets: { web: { image: `shop-web:${COMMIT}` }, api: { version: '1' } },
      change: { commit: COMMIT },
      requestedBy: 'codepipeline/tandem-shop',
      reason: `corner/shop main at ${COMMIT}, pipeline execution e-1`,
    });
  });

  it('run for the same commit again: the image is there, the code is the same, and so is the input', () => {
    const { run, input, source } = container();
    run('build');
    const first = input();
    // Another checkout of the same commit has other times.
    utimesSync(join(source, 'api', 'index.mjs'), new Date(), new Date());
    const { status, calls } = run('build');

    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith('docker'))).toEqual([]);
    expect(input()).toEqual(first);
  });

  it('publish another version for other code', () => {
    const { run, input, source } = container();
    run('build');
    writeFileSync(join(source, 'api', 'index.mjs'), 'export const handler = async () => 2;\n');
    run('build', { REVISION: 'f00d' });

    expect(input()).toMatchObject({
      targets: { web: { image: 'shop-web:f00d' }, api: { version: '2' } },
    });
  });

  it('package the content of the folder, not the folder', () => {
    const { run, state } = container();
    run('build');
    const names = execFileSync('unzip', ['-Z1', join(state, 'last.zip')], { encoding: 'utf8' });

    expect(names.trim().split('\n')).toEqual(['index.mjs', 'lib/items.mjs']);
  });

  it('leave the function as it is when the image cannot be built', () => {
    const { run, source } = container();
    const { status, calls } = run('build', { BUILD_FAILS: '17' });

    expect(status).toBe(17);
    expect(calls.filter((call) => /push|update-function-code/.test(call))).toEqual([]);
    expect(existsSync(join(source, 'release.json'))).toBe(false);
  });

  it('do not take a refusal of the repository for a missing image', () => {
    const { run } = container();
    const { status, stderr, calls } = run('build', { DENIED: 'yes' });

    expect(status).toBe(1);
    expect(stderr).toContain('AccessDeniedException');
    expect(calls).toHaveLength(1);
  });

  it('say which folder the source does not have', () => {
    const { run } = container();
    const { status, stderr } = run('build', { FUNCTION_FOLDER: 'functions/api' });

    expect(status).toBe(1);
    expect(stderr).toContain(
      'The source has no folder functions/api, from which the function would',
    );
  });

  it('make a tag of the version of an object in a bucket, and a reason that stays JSON', () => {
    const { run, input } = container();
    run('build', { REVISION: 's3-x/Y=z', SOURCE: 'shop-source/a "b" \\c.zip' });

    expect(input()).not.toHaveProperty('change');
    expect(input()).toMatchObject({
      targets: { web: { image: 'shop-web:s3-x-Y-z' } },
      reason: 'shop-source/a b c.zip at s3-x/Y=z, pipeline execution e-1',
    });
  });

  it.each([
    ['names by commas', 'ada@example.com,Linus "L" T', ['ada@example.com', 'Linus L T']],
    ['no name', ',', []],
  ])('name the authors that the build was told: %s', (_, AUTHORS, authors) => {
    const { run, input } = container(NO_IMAGE);
    run('build', { AUTHORS });

    expect(readInput(input())).toMatchObject({ kind: 'release', input: { authors } });
  });

  it('name the author of the commit in a full clone', () => {
    const { run, input, source } = container(NO_IMAGE);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: source,
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'first');
    run('build', { REVISION: git('rev-parse', 'HEAD') });

    expect(readInput(input())).toMatchObject({ input: { authors: ['ada@example.com'] } });
  });

  it('build one half alone where the pipeline has only that', () => {
    const code = container(NO_IMAGE);
    expect(code.run('build').calls.join()).not.toMatch(/docker|ecr/);
    expect(code.input()).toMatchObject({ targets: { api: { version: '1' } } });

    const image = container(NO_FUNCTION);
    expect(image.run('build').calls.join()).not.toMatch(/lambda/);
    expect(image.input()).toMatchObject({ targets: { web: { image: `shop-web:${COMMIT}` } } });
  });
});

describe('the commands of the end', () => {
  const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:tandem-release:shop-1';
  const run = (output: unknown) =>
    container().run('end', { EXECUTION, OUTPUT: JSON.stringify(output) });
  const outputOf = (end: End) =>
    CloseRelease.output.parse({ end, cause: `said "end":"Rejected" of itself` });

  it.each(['Promoted', 'Unchanged'] as const)('let the pipeline be green after %s', (end) => {
    const { status, stderr, calls } = run(outputOf(end));

    expect(status).toBe(0);
    expect(calls).toEqual([
      `aws stepfunctions describe-execution --execution-arn ${EXECUTION} --query output --output text`,
    ]);
    expect(stderr).toBe(`Release shop-1\n${end}: said "end":"Rejected" of itself\n`);
  });

  it.each((Object.keys(ENDS) as End[]).filter((end) => end !== 'Promoted' && end !== 'Unchanged'))(
    'make the pipeline red after %s',
    (end) => {
      expect(run(outputOf(end)).status).toBe(end === 'Superseded' ? 6 : 1);
    },
  );

  it('make the pipeline red when the execution says nothing', () => {
    expect(run(null).status).toBe(1);
  });
});
