/** Every verb that reads or acts in an account says in which. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { program } from '../../cli/main.ts';
import { openNamedAccount } from '../../cli/named-account.ts';

const ACCOUNT = {
  place: 'account 111122223333, us-east-1',
  caller: 'ada',
  client: () => {
    throw new Error('enough seen');
  },
};

vi.mock('../../account/account.ts', () => ({ openAccount: async () => ACCOUNT }));

let printed = '';
let complained = '';

beforeEach(() => {
  printed = '';
  complained = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += text;
    return true;
  });
});

afterEach(() => void vi.restoreAllMocks());

it('names account and Region on standard error as a verb opens it', async () => {
  expect(await openNamedAccount()).toBe(ACCOUNT);
  expect({ printed, complained }).toEqual({
    printed: '',
    complained: 'In account 111122223333, us-east-1.\n',
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
  expect(complained).toMatch(/^In account 111122223333, us-east-1\.\n/);
  expect(printed).not.toContain('111122223333');
});
