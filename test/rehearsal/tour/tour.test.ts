/** `npm start` as a script reads it: three releases with real processes and real HTTP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Told {
  readonly code: number;
  readonly document: any;
  readonly progress: string;
}

/** Runs the tour; it tells as well when it does not end well. */
const run = async (): Promise<Told> => {
  const child = spawn(
    process.execPath,
    ['scripts/on-node-24.mjs', 'rehearsal/tour/tour.ts', '--json'],
    {
      cwd: root,
      env: { ...process.env, AWS_PROFILE: 'somebody', CI: 'true' },
    },
  );
  const [stdout, progress, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, document: JSON.parse(stdout || '{}'), progress };
};

let told: Promise<Told> | undefined;

/** What the tour tells. It runs once for all tests; the second try of one that failed runs it again. */
const tour = (): Promise<Told> => {
  told ??= run();
  return told;
};

afterEach(({ task }) => {
  if (task.result?.state === 'fail') told = undefined;
});

describe('what `npm start` is not asked for', () => {
  it('is refused in a sentence', async () => {
    const parameters = ['scripts/on-node-24.mjs', 'rehearsal/tour/tour.ts', '--bogus'];
    const child = spawn(process.execPath, parameters, { cwd: root });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);

    expect(said).toBe("error: unknown option '--bogus'\n(--help shows what is possible)\n");
    expect(code).toBe(1);
  });
});

describe('the tour', () => {
  it('ends as it should, and loses nothing', async () => {
    const { code, document, progress } = await tour();

    expect(progress).toContain(
      '\nYou watch three releases, in about 2 minutes on a free machine.\n',
    );
    expect(document, progress).toMatchObject({ ok: true, traffic: { lost: 0 } });
    expect(document.traffic.requests).toBeGreaterThanOrEqual(1000);
    expect(document.traffic.failed).toBeGreaterThan(0);
    expect(document.traffic.heldBack).toBeGreaterThanOrEqual(0);
    expect(code).toBe(0);
  });

  it('promotes the good version of both halves', async () => {
    const [good] = (await tour()).document.releases;

    expect(good).toMatchObject({ pair: 'storefront', end: 'Promoted', reasons: [] });
    for (const { from, to, live } of good.targets) {
      expect(live).toBe(to);
      expect(from).not.toBe(to);
    }
    expect(good.seconds).toBeGreaterThan(15 * 60);
    expect(good.transitions).toBeGreaterThan(50);
  });

  it.each([
    ['function', 1, 'api 2.1.0-errors (version 3), the new version: '],
    ['web application', 2, 'web 2.1.0-errors (storefront-web:4), the new version: '],
  ])(
    'takes both halves back when the %s is bad, and names the version',
    async (_, index, version) => {
      const release = (await tour()).document.releases[index];

      expect(release.end).toBe('RolledBack');
      expect(release.reasons[0].code).toBe('alarm-red');
      expect(release.reasons.map((reason: any) => reason.text).join('; ')).toContain(version);
      expect(release.rollbackSeconds).toBeGreaterThan(0);
      for (const { from, to, live } of release.targets) {
        expect(live).toBe(from);
        expect(from).not.toBe(to);
      }
    },
  );

  it('says of every release what was proven before any user met it', async () => {
    const { document, progress } = await tour();
    const proof = '2×2: 4 of 4 cells pass; smoke: web 4, api 2';

    expect(document.releases.map((release: any) => release.proof)).toEqual([proof, proof, proof]);
    expect(progress.match(/proved +2×2: 4 of 4 cells pass; smoke: web 4, api 2/g)).toHaveLength(3);
  });

  it('names revisions in one format', async () => {
    for (const { targets } of (await tour()).document.releases) {
      for (const { kind, from, to, live } of targets) {
        const format = kind === 'ecs' ? /^[\w-]+:\d+$/ : /^\d+$/;
        for (const name of [from, to, live]) expect(name).toMatch(format);
      }
    }
  });

  it('tells in the order in which it happens', async () => {
    const { progress } = await tour();
    const places = [
      'pushes storefront-web:2.0.0',
      'Approval requested',
      'A person answers',
      'approved by ada@example.com',
      'Ended: Promoted',
      'What happened',
    ].map((line) => progress.indexOf(line));

    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('says which variables of the shell it keeps away', async () => {
    expect((await tour()).progress).toContain('AWS_PROFILE');
  });
});
