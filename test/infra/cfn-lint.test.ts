/** What cfn-lint, which knows CloudFormation from AWS's own schemas, says of the templates that AWS would get. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ASSEMBLY } from '../../rehearsal/stage/synthesis.ts';
import { installed } from '../sandbox/front/installed.ts';

/** Rules that are wrong about us, each with its reason and with what it may be about. */
const LEFT_OUT: readonly { readonly rule: string; readonly about: RegExp; readonly why: string }[] =
  [
    {
      rule: 'W3005',
      about: /dependency already enforced/,
      why: 'The CDK writes such dependencies for every role; they are harmless.',
    },
    {
      rule: 'E3601',
      about: /States\/Listen\/TimeoutSeconds/,
      why: 'A time-out may be a JSONata expression in a JSONata state (States Language, "TimeoutSeconds").',
    },
    {
      rule: 'E3601',
      about: /^'arn:\$\{Partition\}:states:::(?:lambda|states):[\w.:]+' does not match/,
      why: 'It reads the definition before its substitutions, and its pattern knows the partition `aws` alone.',
    },
  ];

const found = installed('cfn-lint', '--version');

/** Findings of all templates. cfn-lint ends with a code other than 0 when there are any. */
const findings = async (): Promise<readonly { rule: string; text: string }[]> => {
  const templates = readdirSync(ASSEMBLY)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(ASSEMBLY, file));
  const ran = await promisify(execFile)('cfn-lint', ['--format', 'json', ...templates], {
    maxBuffer: 2 ** 26,
  }).catch((error: { stdout: string }) => error);
  return JSON.parse(ran.stdout).map(({ Rule, Message, Location }: any) => ({
    rule: Rule.Id,
    text: `${Message} at ${Location.Path?.join('/') ?? ''}`,
  }));
};

describe.skipIf(!found)(`cfn-lint${found ? '' : ' (skipped: it is not installed)'}`, () => {
  it('finds nothing in the templates but what is left out for a reason', async () => {
    const all = await findings();
    const open = all.filter(
      ({ rule, text }) => !LEFT_OUT.some((one) => one.rule === rule && one.about.test(text)),
    );

    expect(open).toEqual([]);
    for (const { rule } of LEFT_OUT) expect(all.map((one) => one.rule)).toContain(rule);
  });
});
