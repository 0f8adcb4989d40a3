import type { Sandbox } from 'tandem-sandbox';
import { settingsParameter } from '../../core/drivers/registration.ts';
import { FLEET } from './synthesis.ts';

/** The stack of each pair that has one of its own; every other one is of the stack `fleet`. */
const STACKS: Readonly<Record<string, string>> = { shared: 'shared', scaled: 'scaled' };

/** Deploys a pair of the fleet, with those of its stack, beside a pair whose repository it shares, and which then releases no pushes of its own. */
export const launchFleet = async (
  sandbox: Sandbox,
  pair: string,
  beside: string,
): Promise<void> => {
  await sandbox.deploy(FLEET, { stacks: [STACKS[pair] ?? 'fleet'] });
  const Name = settingsParameter(beside);
  const { Parameter } = await sandbox.call('ssm', 'GetParameter', { Name });
  const Value = JSON.stringify({ ...JSON.parse(Parameter.Value), join: 'manual' });
  await sandbox.call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
};
