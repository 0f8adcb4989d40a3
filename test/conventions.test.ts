import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  FOLDERS,
  type Import,
  importsOf,
  type Source,
  sourcesIn,
  uncommented,
} from './conventions/sources.ts';

const everything = FOLDERS.flatMap(sourcesIn);
const imports = everything.flatMap(importsOf);

const isIn = (path: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

const paths = (sources: readonly Source[]): readonly string[] => sources.map(({ path }) => path);

/** Imports that a rule does not allow, as `file → import`. */
const refused = (
  concerned: (one: Import) => boolean,
  allowed: (one: Import) => boolean,
): readonly string[] =>
  imports.filter((one) => concerned(one) && !allowed(one)).map(({ by, from }) => `${by} → ${from}`);

/** Rooms of core from the top down, as people read them. */
const rooms: readonly string[] = [
  ...readFileSync(join(import.meta.dirname, '../CONTRIBUTING.md'), 'utf8')
    .split('| room of `core/` |')[1]!
    .split('\n\n')[0]!
    .matchAll(/^\| `([\w/-]+)` \|/gm),
].map(([, room]) => room!);

/** Room of a file of core; empty for the files beside the rooms. The folders of all drivers are one room. */
const roomOf = (path: string): string =>
  path
    .split('/')
    .slice(1, -1)
    .join('/')
    .replace(/^drivers\/.*/, 'drivers');

const by =
  (...folders: readonly string[]) =>
  (one: Import) =>
    isIn(one.by, ...folders);

const of =
  (...folders: readonly string[]) =>
  (one: Import) =>
    isIn(one.from, ...folders);

describe('imports', () => {
  it('by core: the schema library, hashes, and core', () => {
    const libraries = ['zod/mini', 'zod/v4/locales/en.js', 'node:crypto'];

    expect(refused(by('core'), (one) => of('core')(one) || libraries.includes(one.from))).toEqual(
      [],
    );
  });

  it('by handlers: packages, core, and handlers', () => {
    expect(refused(by('handlers'), (one) => one.isPackage || of('core', 'handlers')(one))).toEqual(
      [],
    );
  });

  it('by the account: packages, core, and the account', () => {
    expect(refused(by('account'), (one) => one.isPackage || of('core', 'account')(one))).toEqual(
      [],
    );
  });

  it('of the account: by the command, by rehearsals and by tests', () => {
    expect(refused(of('account'), by('account', 'cli', 'rehearsal', 'test'))).toEqual([]);
  });

  it('by the command: no client of AWS: the account has them', () => {
    expect(
      refused(
        (one) => by('cli')(one) && /^@aws|^@smithy/.test(one.from),
        () => false,
      ),
    ).toEqual([]);
  });

  it('by the command: packages, core, the account, rehearsals, and the command; by what starts it, the Node to start it on', () => {
    expect(
      refused(
        by('cli'),
        (one) =>
          one.isPackage ||
          of('core', 'account', 'rehearsal', 'cli')(one) ||
          (of('simulation')(one) && one.by === 'cli/verbs/simulate.ts') ||
          (one.by === 'cli/tandem.mjs' && one.from === 'scripts/on-node-24.mjs'),
      ),
    ).toEqual([]);
  });

  it('that the command has before a verb runs: neither clients of AWS nor the sandbox, which take long to load', () => {
    const loaded = new Set<string>();
    const load = (path: string): void => {
      if (loaded.has(path)) return;
      loaded.add(path);
      const now = imports.filter((one) => one.by === path && !one.typeOnly && !one.dynamic);
      for (const { from } of now) load(from);
    };
    load('cli/main.ts');
    const slow = (path: string) => /^@aws|^@smithy/.test(path) || isIn(path, 'account', 'packages');

    expect(loaded).toContain('cli/verbs/watch.ts');
    expect([...loaded].filter(slow)).toEqual([]);
  });

  it('within core: from the own room, from the files beside the rooms, and from rooms further down in CONTRIBUTING.md', () => {
    const up = (one: Import): boolean => {
      const [from, to] = [roomOf(one.by), roomOf(one.from)];
      return to !== '' && from !== to && rooms.indexOf(from) >= rooms.indexOf(to);
    };
    expect(
      refused(
        (one) => by('core')(one) && of('core')(one) && roomOf(one.by) !== '',
        (one) => !up(one),
      ),
    ).toEqual([]);
  });

  it('by infra: packages, core, and infra; it sees handlers as bundles and machines as JSON', () => {
    expect(refused(by('infra'), (one) => one.isPackage || of('core', 'infra')(one))).toEqual([]);
  });

  it('by the sandbox: packages and the sandbox; it is an account of AWS that knows nothing of us', () => {
    const sandbox = 'packages/sandbox';

    expect(refused(by(sandbox), (one) => one.isPackage || of(sandbox)(one))).toEqual([]);
  });

  it('by a sample: packages and the sample itself', () => {
    const sampleOf = (path: string) => path.split('/').slice(0, 2).join('/');

    expect(refused(by('samples'), (one) => one.isPackage || of(sampleOf(one.by))(one))).toEqual([]);
  });

  it('by the simulation: packages, core, rehearsals, and the simulation', () => {
    expect(
      refused(
        by('simulation'),
        (one) => one.isPackage || of('core', 'rehearsal', 'packages', 'simulation')(one),
      ),
    ).toEqual([]);
  });

  it('of the sandbox: what it exports, by its name, by rehearsals, the simulation and tests; of a file in it, by tests', () => {
    expect(
      refused(
        (one) => of('packages')(one) && !by('packages')(one),
        (one) =>
          one.written.startsWith('.')
            ? by('test')(one) && one.from !== 'packages/sandbox/sandbox.ts'
            : by('rehearsal', 'simulation', 'test')(one),
      ),
    ).toEqual([]);
  });

  it('of rehearsals: by rehearsals, tests, benchmarks, pages, the simulation, and the verbs that run them; of what it needs to print, by every verb', () => {
    const verbs = ['cli/verbs/rehearse.ts', 'cli/verbs/sandbox.ts', 'cli/verbs/simulate.ts'];
    const light = (one: Import) => of('rehearsal/terminal')(one) || one.typeOnly;

    expect(
      refused(
        of('rehearsal'),
        (one) =>
          by('rehearsal', 'simulation', 'test', 'scripts/bench', 'scripts/docs')(one) ||
          verbs.includes(one.by) ||
          (by('cli')(one) && light(one)),
      ),
    ).toEqual([]);
  });

  it('of tests: by tests', () => {
    expect(refused(of('test'), by('test'))).toEqual([]);
  });

  it('name modules of Node with their prefix, and our own files with their ending', () => {
    expect(imports.filter(({ from }) => builtinModules.includes(from))).toEqual([]);
    expect(imports.filter(({ isPackage, from }) => !isPackage && !/\.\w+$/.test(from))).toEqual([]);
  });
});

describe('rooms', () => {
  /** Source files of a folder, without those of folders in it; a room with more is two. */
  const MOST = 24;

  it('of core are told in CONTRIBUTING.md, each once', () => {
    const there = new Set(sourcesIn('core').map(({ path }) => roomOf(path)));

    expect(rooms.toSorted()).toEqual([...there].filter((room) => room !== '').toSorted());
  });

  it('hold no more than people keep in mind', () => {
    const product = everything.filter(({ path }) => !isIn(path, 'test', 'samples'));
    const counts = Map.groupBy(product, ({ path }) => path.slice(0, path.lastIndexOf('/')));
    const full = [...counts].filter(([, files]) => files.length > MOST);

    expect(full.map(([room, files]) => `${room}: ${files.length}`)).toEqual([]);
  });
});

describe('files', () => {
  /** Lines; a longer file has more than one concern. */
  const LONGEST = 400;

  it('are no longer than one concern needs', () => {
    const long = everything.filter(({ text }) => text.trimEnd().split('\n').length > LONGEST);

    expect(paths(long)).toEqual([]);
  });

  it('are named in kebab-case', () => {
    const kebab = /\/[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(ts|mts|mjs|js)$/;

    expect(paths(everything.filter(({ path }) => !kebab.test(path)))).toEqual([]);
  });

  it('are named after what they know, not after a drawer', () => {
    const drawer = /\/(utils?|helpers?|types?|commons?|constants?|misc|shared)[./]/;

    expect(paths(everything.filter(({ path }) => drawer.test(path)))).toEqual([]);
  });
});

describe('code', () => {
  it('leaves nothing to be done later', () => {
    const later = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);

    expect(paths(everything.filter(({ text }) => later.test(text)))).toEqual([]);
  });

  it('of core, handlers, account and sandbox does not print', () => {
    const libraries = ['core', 'handlers', 'account', 'packages'].flatMap(sourcesIn);

    expect(paths(libraries.filter((one) => /\bconsole\s*\./.test(codeOf(one))))).toEqual([]);
  });

  it('of sandbox and samples does not know our name', () => {
    const strangers = ['packages', 'samples'].flatMap(sourcesIn);

    expect(paths(strangers.filter(({ text }) => /tandem/i.test(text)))).toEqual([]);
  });

  it('of core and handlers reads no clock and no random source, and sets no timer', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bset(Timeout|Interval|Immediate)\b|\bperformance\.|\bhrtime\b|\brandom(UUID|Bytes|Int)\b/;
    // One times the answers of a warm-up, one a call that brings no time: for people, no decision rests on them.
    const clocks = ['handlers/probe/stopwatch.ts', 'handlers/function/called-at.ts'];
    const pure = ['core', 'handlers']
      .flatMap(sourcesIn)
      .filter(({ path }) => !clocks.includes(path));

    expect(paths(pure.filter((one) => impure.test(codeOf(one))))).toEqual([]);
  });

  it('names no partition: an account in China or in GovCloud has another one', () => {
    const product = ['core', 'handlers', 'infra', 'account', 'cli'].flatMap(sourcesIn);

    expect(paths(product.filter(({ text }) => /\barn:aws:/.test(text)))).toEqual([]);
  });

  it('of handlers shares one client for each service; those with other credentials have the same settings', () => {
    const others = sourcesIn('handlers').filter(({ path }) => !isIn(path, 'handlers/aws'));
    const made = others.filter((one) => /new \w+Client\((?!\{ \.\.\.SILENT, )/.test(codeOf(one)));

    expect(paths(made)).toEqual([]);
  });

  it('of core, handlers and account says in a sentence what every exported function does', () => {
    const silent = ['core', 'handlers', 'account']
      .flatMap(sourcesIn)
      .flatMap((one) => uncommented(one).map((name) => `${one.path}: ${name}`));

    expect(silent).toEqual([]);
  });
});

describe('the check itself', () => {
  const source = (...lines: readonly string[]): Source => ({
    path: 'core/steps/a.ts',
    text: lines.join('\n'),
  });

  it('reads every way to import', () => {
    const read = importsOf(
      source(
        "import middy from '@middy/core';",
        "import type { A } from './b.ts';",
        "import '../schema.ts';",
        'import {',
        '  type B,',
        '  c,',
        "} from '../../handlers/c.ts';",
        "export { d } from '../d.ts';",
        "const e = await import('./e.ts');",
        "import { openSandbox } from 'tandem-sandbox';",
        "const text = 'import x from nowhere';",
      ),
    );

    expect(read.map(({ from, typeOnly, dynamic }) => [from, typeOnly, dynamic])).toEqual([
      ['@middy/core', false, false],
      ['core/steps/b.ts', true, false],
      ['core/schema.ts', false, false],
      ['handlers/c.ts', false, false],
      ['core/d.ts', false, false],
      ['core/steps/e.ts', false, true],
      ['packages/sandbox/sandbox.ts', false, false],
    ]);
    expect(read.map(({ isPackage }) => isPackage)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('takes neither comments nor texts for code', () => {
    expect(codeOf(source("log('console.log'); // console.log", '/* console.log */'))).not.toContain(
      'console',
    );
    expect(codeOf(source('console.log(1);'))).toContain('console.log');
  });

  it('sees which exported functions have no comment', () => {
    const read = uncommented(
      source(
        '/** Says a. */',
        'export const a = (x: number): number => x;',
        '',
        'export const b = async <T>(x: T) => x;',
        'export function c() {}',
        'export const d: number = 4;',
        'export const handler = step(Schema, async () => 1);',
      ),
    );

    expect(read).toEqual(['b', 'c', 'handler']);
  });
});
