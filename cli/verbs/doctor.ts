/** `tandem doctor`: has the functions of Tandem try their permissions, and shows what AWS answered. */
import { Command } from 'commander';
import type { Finding } from '../../account/permissions.ts';
import { inColumns } from '../columns.ts';
import { JSON_ONLY } from '../option-texts.ts';

const HEAD = ['FUNCTION', 'CALL', 'RESULT'];

/** The findings for people: a table, AWS's words for all that is not allowed, and what it means. @internal */
export const linesOf = (findings: readonly Finding[]): readonly string[] => {
  const bad = findings.filter(({ outcome }) => outcome !== 'allowed');
  return [
    ...inColumns([
      HEAD,
      ...findings.map(({ function: name, action, outcome }) => [name, action, outcome]),
    ]),
    ...bad.flatMap(({ function: name, action, said }) => ['', `${name}, ${action}:`, `  ${said}`]),
    '',
    bad.length === 0
      ? `All ${findings.length} calls are allowed. Nothing was changed: they name a deployment that does not exist, or open a session and leave it unused.`
      : `${bad.length} of ${findings.length} calls are not known to be allowed. What to do: docs/first-account.md`,
  ];
};

/** Tries, prints, and sets exit code 2 unless every call is allowed. */
const doctor = async ({ json }: { readonly json?: boolean }): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { findingsOf } = await import('../../account/permissions.ts');
  const findings = await findingsOf(await openNamedAccount());
  const lines = json ? [JSON.stringify(findings, null, 2)] : linesOf(findings);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (findings.some(({ outcome }) => outcome !== 'allowed')) process.exitCode = 2;
};

/** `tandem doctor`. */
export const doctorVerb = () =>
  new Command('doctor')
    .description('has the functions of Tandem try their permissions in CodeDeploy; changes nothing')
    .option('--json', JSON_ONLY)
    .addHelpText('after', '\nExit codes: 0 every call is allowed; 2 one is not, or is unclear.')
    .action(doctor);
