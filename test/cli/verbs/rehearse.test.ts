import { describe, expect, it } from 'vitest';
import { tandem } from '../command.ts';

const run = async (...parameters: readonly string[]) => {
  const running = tandem(['rehearse', ...parameters]);
  const code = await running.ended;
  return { code, printed: running.printed(), complained: running.complained() };
};

describe('tandem rehearse', () => {
  it('plays a scenario and tells its end, its reason and where users are', async () => {
    const { code, printed } = await run('samples/scenarios/unknown-version.json');

    expect(code).toBe(0);
    expect(printed).toContain('Rejected');
    expect(printed).toContain('(no-such-version)');
    expect(printed).toContain('api on 1, web on storefront-web:1');
    expect(printed).toContain('1 of 1 as expected: Rejected (no-such-version)');
  });

  it('refuses a file that is not there in a sentence', async () => {
    const { code, complained } = await run('nowhere.json');

    expect(code).toBe(1);
    expect(complained).toContain('There is no file nowhere.json. Name a');
    expect(complained).not.toMatch(/ {4}at |ENOENT/);
  });

  it.each([
    [['--speed', '5'], '--speed needs --real'],
    [['--all', '--real'], "'--all' cannot be used with option '--real'"],
  ])('refuses %o, which would mean nothing', async (options, sentence) => {
    const { code, complained } = await run('samples/scenarios/unknown-version.json', ...options);

    expect(code).toBe(1);
    expect(complained).toContain(sentence);
  });
});
