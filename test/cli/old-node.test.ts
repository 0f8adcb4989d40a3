/** What an old Node makes of the command when the scripts of the packages have not run. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, tandem } from './command.ts';

/** Makes this Node say that it is an old one. */
const OLD = [
  '--import',
  'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.1.0"})',
];

describe('the command on Node 20', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'clone-'));
    for (const folder of ['cli', 'scripts'])
      await cp(join(ROOT, folder), join(root, folder), { recursive: true });
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('says what to do after npm ci --ignore-scripts', async () => {
    await mkdir(join(root, 'node_modules', 'node'), { recursive: true });

    const running = tandem(['sandbox'], { root, node: OLD });

    expect(await running.ended).toBe(1);
    expect(running.complained()).toContain('Tandem runs on Node 24 or newer; this is Node 20.1.0.');
    expect(running.complained()).toContain('npm rebuild node');
    expect(running.complained()).not.toContain('Error');
  });

  it('asks for npm ci before anything was installed', async () => {
    const running = tandem(['sandbox'], { root, node: OLD });

    expect(await running.ended).toBe(1);
    expect(running.complained()).toBe('Tandem is not installed yet. Run: npm ci\n');
  });

  it('asks for a newer Node where the package is installed, which brings none', async () => {
    await rm(join(root, 'cli', 'main.ts'));

    const running = tandem(['list'], { root, node: OLD });

    expect(await running.ended).toBe(1);
    expect(running.complained()).toBe(
      [
        'Tandem runs on Node 24 or newer; this is Node 20.1.0.',
        'Do one of these:',
        '  npm install --save-dev node@24   brings one for this app; its install script must be allowed to run',
        '  install Node 24 yourself and run this again',
        '',
      ].join('\n'),
    );
  });

  it('hands over to the Node that comes as a package', async () => {
    const running = tandem(['--version'], { node: OLD });

    expect(await running.ended).toBe(0);
    expect(running.printed()).toBe('0.1.0\n');
  });
});
