import { targetParameter } from '../../core/drivers/registration.ts';
import type { Stage } from '../stage/stage.ts';

/** Changes members of a target's registration for the releases that follow; null takes one away. */
export const register = async (
  { sandbox: { call }, pair }: Stage,
  target: string,
  members: object,
): Promise<void> => {
  const Name = targetParameter(pair, target);
  const { Parameter } = await call('ssm', 'GetParameter', { Name });
  const changed = Object.entries({ ...JSON.parse(Parameter.Value), ...members });
  const Value = JSON.stringify(Object.fromEntries(changed.filter(([, value]) => value !== null)));
  await call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
};
