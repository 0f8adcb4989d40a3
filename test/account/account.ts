import type { Account } from '../../account/account.ts';

/** An account whose clients tests mock. */
export const account: Account = {
  place: 'account 111122223333',
  caller: 'ada',
  identity: 'arn:aws:iam::111122223333:user/ada',
  arn: (service, resource) => `arn:aws:${service}:us-east-1:111122223333:${resource}`,
  now: () => 0,
  client: (Client) => new Client({ region: 'us-east-1' }),
};
