/** `tandem doctor`: has the functions of Tandem try their permissions, and shows what AWS answered. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { TRY } from '../core/events/visit.ts';
import { HOOKS, type HookName, handlerFunction, hookFunction } from '../core/names.ts';
import { TRYING, type Tried, TriedAnswer } from '../core/tried.ts';
import { type Account, openAccount } from './account.ts';
import { inColumns } from './columns.ts';

/** A tried call, with the function that tried it. */
export interface Finding extends Tried {
  readonly function: string;
}

const HEAD = ['FUNCTION', 'CALL', 'RESULT'];

const functionOf = (name: string): string =>
  Object.hasOwn(HOOKS, name) ? hookFunction(name as HookName) : handlerFunction(name);

/** Asks one function. One that cannot be asked is a finding of its own. */
const ask = async (lambda: LambdaClient, name: string): Promise<readonly Finding[]> => {
  const FunctionName = functionOf(name);
  const unclear = (said: string): readonly Finding[] => [
    { function: FunctionName, action: 'lambda:InvokeFunction', outcome: 'unclear', said },
  ];
  try {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(TRY) }),
    );
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) return unclear(`${FunctionError}: ${text}`);
    const answer = TriedAnswer.safeParse(JSON.parse(text));
    if (!answer.success) return unclear('It is of another version of Tandem');
    return answer.data.tried.map((one) => ({ function: FunctionName, ...one }));
  } catch (error) {
    const { name: code, message } = error as Error;
    return unclear(`${code}: ${message}`);
  }
};

/** What all of them found. */
export const findingsOf = async (account: Account): Promise<readonly Finding[]> => {
  const lambda = account.client(LambdaClient);
  return (await Promise.all(TRYING.map((name) => ask(lambda, name)))).flat();
};

/** The findings for people: a table, AWS's words for all that is not allowed, and what it means. */
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
      ? `All ${findings.length} calls are allowed. Nothing was changed: each names a deployment that does not exist.`
      : `${bad.length} of ${findings.length} calls are not known to be allowed. What to do: docs/first-account.md`,
  ];
};

/** Tries, prints, and sets exit code 2 unless every call is allowed. */
export const doctor = async ({ json }: { readonly json?: boolean }): Promise<void> => {
  const findings = await findingsOf(await openAccount());
  const lines = json ? [JSON.stringify(findings, null, 2)] : linesOf(findings);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (findings.some(({ outcome }) => outcome !== 'allowed')) process.exitCode = 2;
};
