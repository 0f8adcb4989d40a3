/** Has the functions of Tandem try their permissions, and collects what AWS answered. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { PairRoles } from '../core/drivers/driver.ts';
import { driverOf } from '../core/drivers/drivers.ts';
import { HOOKS, type HookName, hookFunction } from '../core/drivers/hooks.ts';
import type { Registration } from '../core/drivers/registration.ts';
import { TRYING, type Tried, TriedAnswer } from '../core/events/tried.ts';
import { TRY, type Visit } from '../core/events/visit.ts';
import { handlerFunction } from '../core/names.ts';
import type { Account } from './account.ts';
import { registrationsOf } from './registrations.ts';

/** A tried call, with the function that tried it. */
export interface Finding extends Tried {
  readonly function: string;
}

const functionOf = (name: string): string =>
  Object.hasOwn(HOOKS, name) ? hookFunction(name as HookName) : handlerFunction(name);

/** The steps that assume roles of pairs. */
const ASSUMING = ['prepare-target', 'set-scaling'] as const satisfies readonly (keyof PairRoles)[];

const unclearOf =
  (name: string, action: string) =>
  (said: string): readonly Finding[] => [
    { function: functionOf(name), action, outcome: 'unclear', said },
  ];

/** Asks one function. One that cannot be asked is a finding of its own. */
const ask = async (
  lambda: LambdaClient,
  name: string,
  event: Visit = TRY,
): Promise<readonly Finding[]> => {
  const FunctionName = functionOf(name);
  const unclear = unclearOf(name, 'lambda:InvokeFunction');
  try {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
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

/** The roles that pairs bring for a step, by `<pair>/<target>`. */
const rolesOf = (
  pairs: readonly Registration[],
  step: keyof PairRoles,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pairs.flatMap(({ pair, targets }) =>
      Object.values(targets).flatMap((target) => {
        const arn = driverOf(target).rolesOf(target)[step];
        return arn === undefined ? [] : [[`${pair}/${target.name}`, arn] as const];
      }),
    ),
  );

/** Has each step assume the roles that pairs bring for it; a finding of its own where the caller may not read which. */
const askForRoles = async (account: Account, lambda: LambdaClient): Promise<readonly Finding[]> => {
  try {
    const pairs = await registrationsOf(account).all();
    const found = ASSUMING.map((step) => [step, rolesOf(pairs, step)] as const);
    const asked = found.filter(([, roles]) => Object.keys(roles).length > 0);
    const all = asked.map(([step, roles]) => ask(lambda, step, { ...TRY, roles }));
    return (await Promise.all(all)).flat();
  } catch (error) {
    const { name, message } = error as Error;
    const unclear = unclearOf('prepare-target', 'sts:AssumeRole');
    return unclear(`No registration could be read: ${name}: ${message}`);
  }
};

/** What all of them found. */
export const findingsOf = async (account: Account): Promise<readonly Finding[]> => {
  const lambda = account.client(LambdaClient);
  const asked = [...TRYING.map((name) => ask(lambda, name)), askForRoles(account, lambda)];
  return (await Promise.all(asked)).flat();
};
