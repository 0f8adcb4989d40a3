import type { Account } from '../account/account.ts';

/**
 * Opens the account for a verb, and names account and Region on standard error: a person sees where the verb reads or
 * acts, and a program that reads standard output does not.
 */
export const openNamedAccount = async (): Promise<Account> => {
  const { openAccount } = await import('../account/account.ts');
  const account = await openAccount();
  process.stderr.write(`In ${account.place}.\n`);
  return account;
};
