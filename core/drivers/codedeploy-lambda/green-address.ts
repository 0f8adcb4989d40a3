import type { GreenAddress, MovedTarget } from '../driver.ts';
import { quoted } from '../shell.ts';
import type { LambdaTarget } from './registration.ts';

/** Longest event that a command carries, in characters. */
const LONGEST_EVENT = 300;

/** Invokes a version with the event of the first check, which the proof shows too; else with one of the reader. */
export const addressOfFunction = (
  { function: name, alias, checks }: LambdaTarget,
  { name: version, ref }: NonNullable<MovedTarget['to']>,
): GreenAddress => {
  const event = JSON.stringify(checks[0]?.event ?? {});
  const isShort = event.length <= LONGEST_EVENT;
  // Both versions of the AWS CLI take bytes by fileb://; how they read other payloads differs.
  const [pipe, payload] = isShort
    ? [`printf %s ${quoted(event)} | `, 'fileb:///dev/stdin']
    : ['', 'fileb://event.json'];
  return {
    command: `${pipe}aws lambda invoke --function-name ${name} --qualifier ${ref} --payload ${payload} response.json && cat response.json`,
    note: `It invokes version ${version} itself; users invoke the alias ${alias}.${isShort ? '' : ' Write an event of yours into event.json.'}`,
  };
};
