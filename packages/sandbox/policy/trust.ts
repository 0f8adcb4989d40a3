/** Whether a role's trust policy lets somebody assume it. Pure. */
import type { Principal } from '../cloud.ts';
import type { Statement } from './document.ts';
import { evaluate } from './evaluate.ts';

/** Some services have a name per Region (`states.eu-west-1.amazonaws.com`); it means the same service. */
const general = (service: string) => service.replace(/\.[a-z]{2}(-[a-z]+)+-\d\./, '.');

/** The account of an ARN, which is an account id itself where a policy names only that. */
const accountOf = (name: string) => (name.includes(':') ? name.split(':')[4] : name);

const names = (trusted: string, principal: Principal, account: string): boolean => {
  if (trusted === '*') return true;
  if (principal.kind === 'service') return general(trusted) === general(principal.service);
  const wholeAccount = trusted === account || trusted === `arn:aws:iam::${account}:root`;
  return wholeAccount || (principal.kind === 'role' && trusted === principal.arn);
};

/** Nobody tells us the resource for which a service assumes a role, only that it is of our account. */
const ofAccount = (statement: Statement): Statement => ({
  ...statement,
  conditions: statement.conditions.map((condition) =>
    condition.key === 'aws:sourcearn'
      ? {
          key: 'aws:sourceaccount',
          like: true,
          values: condition.values.map((arn) => accountOf(arn) ?? ''),
        }
      : condition,
  ),
});

/** Whether the statements of a trust policy let a principal of `account` assume the role. */
export const trusts = (
  statements: readonly Statement[],
  principal: Principal,
  account: string,
): boolean => {
  const about = statements
    .filter(({ principals }) => principals.some((trusted) => names(trusted, principal, account)))
    .map(ofAccount);
  const context = {
    'aws:sourceaccount': account,
    'aws:principalarn': principal.kind === 'role' ? principal.arn : undefined,
  };
  return evaluate(about, { action: 'sts:AssumeRole', resource: '*', context }) === 'allowed';
};
