/** `npm start` as a script reads it: three releases with real processes and real HTTP. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

let document: any;
let progress = '';

beforeAll(async () => {
  const { stdout, stderr } = await run(
    process.execPath,
    ['scripts/on-node-24.mjs', 'rehearsal/tour.ts', '--json'],
    { cwd: root, env: { ...process.env, AWS_PROFILE: 'somebody', CI: 'true' }, maxBuffer: 1 << 24 },
  );
  document = JSON.parse(stdout);
  progress = stderr;
}, 240_000);

describe('the tour', () => {
  it('ends as it should, and loses nothing', () => {
    expect(document.ok).toBe(true);
    expect(document.traffic.requests).toBeGreaterThanOrEqual(1000);
    expect(document.traffic.lost).toBe(0);
  });

  it('promotes the good version of both halves', () => {
    const [good] = document.releases;

    expect(good).toMatchObject({ pair: 'storefront', end: 'Promoted', reasons: [] });
    for (const { from, to, live } of good.targets) {
      expect(live).toBe(to);
      expect(from).not.toBe(to);
    }
    expect(good.seconds).toBeGreaterThan(15 * 60);
    expect(good.transitions).toBeGreaterThan(50);
  });

  it.each([
    ['function', 1, 'tandem-storefront-api'],
    ['web application', 2, 'tandem-storefront-web'],
  ])('takes both halves back when the %s is bad', (_, index, alarm) => {
    const release = document.releases[index];

    expect(release.end).toBe('RolledBack');
    expect(release.reasons[0].code).toBe('alarm-red');
    expect(release.reasons[0].text).toContain(alarm);
    expect(release.rollbackSeconds).toBeGreaterThan(0);
    for (const { from, to, live } of release.targets) {
      expect(live).toBe(from);
      expect(from).not.toBe(to);
    }
  });

  it('says of every release what was proven before any user met it', () => {
    const proof = '2×2: 4 of 4 cells pass; smoke: web 4, api 2';

    expect(document.releases.map((release: any) => release.proof)).toEqual([proof, proof, proof]);
    expect(progress.match(/proved +2×2: 4 of 4 cells pass; smoke: web 4, api 2/g)).toHaveLength(3);
  });

  it('names revisions in one format', () => {
    for (const { targets } of document.releases) {
      for (const { kind, from, to, live } of targets) {
        const format = kind === 'ecs' ? /^[\w-]+:\d+$/ : /^\d+$/;
        for (const name of [from, to, live]) expect(name).toMatch(format);
      }
    }
  });

  it('says which variables of the shell it keeps away', () => {
    expect(progress).toContain('AWS_PROFILE');
  });
});
