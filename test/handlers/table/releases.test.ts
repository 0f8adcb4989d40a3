import '../environment.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import { releaseKey } from '../../../core/keys.ts';
import { decidedFact } from '../../../core/protocol/deciding.ts';
import {
  changeRelease,
  findRelease,
  openReleases,
  readRelease,
  seeRelease,
} from '../../../handlers/table/releases.ts';
import { momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';

const known = record();
const newer = { ...known, tomorrow: true };

let account: Account;

beforeEach(async () => {
  account = await openAccount();
  await account.release(newer);
});

describe('a record with members that another version of Tandem wrote', () => {
  it('is read without them, by every way to read it', async () => {
    expect(await findRelease('storefront', 'storefront-1')).toEqual(known);
    expect(await readRelease('storefront', 'storefront-1')).toEqual(known);
    expect((await seeRelease('storefront', 'storefront-1')).record).toEqual(known);
    expect(await openReleases()).toEqual({ releases: [known], unreadable: [] });
  });

  it('is changed all the same', async () => {
    await changeRelease(
      'storefront',
      'storefront-1',
      (current) => ({ ...current, decision: 'rollback' }),
      { at: momentAfter(1), fact: (after) => decidedFact(after, 'step') },
    );

    expect((await readRelease('storefront', 'storefront-1')).decision).toBe('rollback');
  });

  it('is told from one that says what no version of it may say', async () => {
    const { pk, sk } = releaseKey('storefront', 'storefront-2');
    await account.release({ ...newer, release: 'storefront-2', decision: 'perhaps' as 'none' });

    const { releases, unreadable } = await openReleases();

    expect(releases).toEqual([known]);
    expect(unreadable).toEqual([`${pk} ${sk}`]);
  });
});
