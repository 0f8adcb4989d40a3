import { settingsParameter } from '../core/registration.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { FLEET } from './synthesis.ts';

/** Deploys the fleet beside a pair whose repository it shares, and which then releases no pushes of its own. */
export const launchFleet = async (sandbox: Sandbox, beside: string): Promise<void> => {
  await sandbox.deploy(FLEET);
  const Name = settingsParameter(beside);
  const { Parameter } = await sandbox.call('ssm', 'GetParameter', { Name });
  const Value = JSON.stringify({ ...JSON.parse(Parameter.Value), join: 'manual' });
  await sandbox.call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
};
