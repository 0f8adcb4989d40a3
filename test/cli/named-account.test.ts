/** Every verb that reads or acts in an account says in which. */
import { expect, it, vi } from 'vitest';
import { program } from '../../cli/main.ts';
import { openNamedAccount } from '../../cli/named-account.ts';
import { captureOutput } from './captured.ts';

const ACCOUNT = {
  place: 'account 111122223333, us-east-1',
  caller: 'ada',
  client: () => {
    throw new Error('enough seen');
  },
};

vi.mock('../../account/account.ts', () => ({ openAccount: async () => ACCOUNT }));

const said = captureOutput();

it('names account and Region on standard error as a verb opens it', async () => {
  expect(await openNamedAccount()).toBe(ACCOUNT);
  expect(said).toEqual({
    out: '',
    err: 'In account 111122223333, us-east-1.\n',
  });
});

it.each([
  [['list']],
  [['get', 'autumn']],
  [['watch', 'autumn']],
  [['replay', 'autumn']],
  [['pairs', '--json']],
  [['preview-push', 'shop', '1.0.0']],
  [['backtest']],
  [['doctor']],
  [['check', '--account', '--pair', 'shop', '--target', 'api=1']],
  [['start', '--pair', 'shop', '--target', 'api=1']],
  [['undo', 'autumn']],
  [['hold', 'autumn', '--json']],
  [['approve', 'autumn']],
])('names the account first when a person runs %j', async (parameters) => {
  const command = program().parseAsync([...parameters], { from: 'user' });

  await expect(command).rejects.toThrow('enough seen');
  expect(said.err).toMatch(/^In account 111122223333, us-east-1\.\n/);
  expect(said.out).not.toContain('111122223333');
});
