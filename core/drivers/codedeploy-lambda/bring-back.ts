import type { MovedTarget } from '../driver.ts';
import type { LambdaTarget } from './registration.ts';

/** The command that points the alias at what the function came from; it makes an alias again that is gone. */
export const setAlias = ({
  registration: { function: name, alias },
  from,
  unread,
}: MovedTarget<LambdaTarget>): string => {
  const about = `--function-name ${name} --name ${alias} --function-version ${from?.ref}`;
  return /^ResourceNotFound/.test(unread ?? '')
    ? `aws lambda create-alias ${about}`
    : `aws lambda update-alias ${about} --routing-config AdditionalVersionWeights={}`;
};
