import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { versionKey } from '../../../core/keys.ts';
import type { Revision } from '../../../core/record/record.ts';
import { named } from '../../../handlers/drivers/named.ts';
import { change } from '../../../handlers/table/table.ts';
import { rememberedVersion } from '../../../handlers/table/versions.ts';
import { ecsRecord, lambdaRecord } from '../../core/fixture.ts';
import { openAccount } from '../account.ts';

const COMMIT = '4f2a9c1d00c0ffee4f2a9c1d00c0ffee4f2a9c1d';
const DIGEST = `sha256:${'a'.repeat(64)}`;

beforeEach(async () => {
  await openAccount();
});

const service = (number: number, change: Partial<Revision> = {}): Revision => ({
  ...{ name: `web:${number}`, ref: `arn:web:${number}` },
  ...change,
});
const version = (number: number, change: Partial<Revision> = {}): Revision => ({
  ...{ name: String(number), ref: String(number) },
  ...change,
});

const release = (commit?: string) => ({
  pair: 'storefront',
  ...(commit === undefined ? {} : { change: { commit } }),
});
const web = (asked?: string) => ecsRecord(asked === undefined ? {} : { version: asked });
const latest = lambdaRecord({ wanted: { version: 'latest' } });
const second = lambdaRecord({ wanted: { version: '2' } });

describe('what people know a revision by', () => {
  it('is what the release asked for, and for the next release what this one said', async () => {
    const first = await named(release(COMMIT), web('2.0.0'), { from: service(1), to: service(2) });
    const next = await named(release(), web('2.1.0'), { from: service(2), to: service(3) });

    expect(first.from).toEqual(service(1));
    expect(first.to).toEqual(service(2, { version: '2.0.0', commit: COMMIT }));
    expect(next.from).toEqual(first.to);
    expect(next.to).toEqual(service(3, { version: '2.1.0' }));
  });

  it('is unknown where its item cannot be read, and stops nobody who only shows it', async () => {
    await change(
      versionKey('storefront', 'web', 'web:1'),
      () => undefined,
      () => ({ version: 7 }),
    );

    expect(await rememberedVersion('storefront', 'web', service(1))).toEqual({});
    expect(
      (await named(release(), web('2.0.0'), { from: service(1), to: service(2) })).from,
    ).toEqual(service(1));
  });

  it('is unknown where the tag of the function has no value, or none that can be seen', async () => {
    const blank = async (called: string) => {
      await named(release(), latest, { from: version(1), to: version(2, { version: called }) });
      return named(release(), latest, { from: version(2), to: version(3) });
    };

    expect((await blank('')).from).toEqual(version(2));
    expect((await blank(' ')).from).toEqual(version(2));
    expect((await blank('\u200b')).from).toEqual(version(2));
  });

  it('is the tag in the image of a revision that no release brought', async () => {
    const from = service(1, { version: '1.0.0' });

    expect(await named(release(), web('2.0.0'), { from, to: service(2) })).toMatchObject({
      from: { version: '1.0.0' },
    });
  });

  it('is found by the digest of the image when another revision was cloned for it', async () => {
    const to = service(2, { digest: DIGEST });
    await named(release(COMMIT), web('2.0.0'), { from: service(1), to });

    const clone = service(4, { digest: DIGEST });
    const back = await named(release(), web(), { from: service(3), to: clone });

    expect(back.to).toEqual({ ...clone, version: '2.0.0', commit: COMMIT });
  });

  it('stays what it was when the function is tagged anew and an older version is released again', async () => {
    const published = version(2, { version: '2.0.0' });
    await named(release(), latest, { from: version(1), to: published });

    const again = await named(release(), second, {
      from: version(3),
      to: version(2, { version: '9.9.9' }),
    });

    expect(again.to.version).toBe('2.0.0');
  });

  it('is new when what was published before is published again under another tag', async () => {
    await named(release(), latest, { from: version(1), to: version(2, { version: '2.0.0' }) });

    const same = version(2, { version: '2.0.1' });
    const again = await named(release(), latest, { from: same, to: same });

    expect(again).toEqual({ from: same, to: same });
  });

  it('is nothing where nobody said it', async () => {
    const revisions = { from: version(1), to: version(2) };

    expect(await named(release(), latest, revisions)).toEqual(revisions);
  });

  it('is one line of bounded length, whatever a tag says', async () => {
    const to = version(2, { version: `2.0.0\n${'x'.repeat(200)}` });
    const { version: called = '' } = (await named(release(), latest, { from: version(1), to })).to;

    expect(called).toMatch(/^2\.0\.0 x+…$/);
    expect(called).toHaveLength(128);
  });
});
