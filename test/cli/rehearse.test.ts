import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tandem } from './command.ts';

const run = async (...parameters: readonly string[]) => {
  const running = tandem(['rehearse', ...parameters]);
  const code = await running.ended;
  return { code, printed: running.printed(), complained: running.complained() };
};

const written = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'rehearse-')), 'scenario.json');
  writeFileSync(file, text);
  return file;
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

  it('fails when the release ends otherwise than the file expects', async () => {
    const { code, printed } = await run(
      written(
        JSON.stringify({
          fault: 'A version that does not exist',
          steps: [{ start: { targets: { api: { version: '99' } } } }],
          expect: { releases: [{ release: 'first', end: 'Promoted' }] },
        }),
      ),
    );

    expect(code).toBe(1);
    expect(printed).toContain('release first ended Rejected instead of Promoted');
  });

  it.each([
    ['a file that is not there', () => 'nowhere.json', 'There is no file nowhere.json. Name a'],
    ['a folder', () => 'samples/scenarios', 'samples/scenarios is a folder. Name a scenario'],
    ['a file that is not JSON', () => written('{'), 'scenario.json is not JSON'],
    ['a file that is no scenario', () => written('{}'), 'at steps'],
  ])('refuses %s in a sentence', async (_, file, sentence) => {
    const { code, complained } = await run(file());

    expect(code).toBe(1);
    expect(complained).toContain(sentence);
    expect(complained).not.toMatch(/ {4}at |ENOENT|EISDIR/);
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
