import { describe, expect, it } from 'vitest';
import { BAD_API, BAD_WEB, kindNamed, kindsOf, STEADY } from '../../../rehearsal/soak/kinds.ts';
import { versionsOf } from '../../../rehearsal/stage/artefacts.ts';

const namesOf = (count: number, seed: number) => kindsOf(count, seed).map(({ name }) => name);

describe('the kinds of a soak', () => {
  it('have a version in the samples each', async () => {
    const web = await versionsOf('web-app');
    const api = await versionsOf('api-function');

    expect(web).toEqual(expect.arrayContaining(BAD_WEB.map(({ bad }) => bad?.version)));
    expect(api).toEqual(expect.arrayContaining(BAD_API.map(({ bad }) => bad?.version)));
    for (const all of [web, api]) expect(all).toEqual(expect.arrayContaining([...STEADY]));
  });

  it('are all bad versions of the samples that only a comparison finds', async () => {
    const found = (await versionsOf('web-app')).filter((version) => version.startsWith('2.4.0-'));
    // Slower by what people do not notice: nothing rolls it back, and it must not be.
    const fine = ['2.4.0-slow-150'];

    expect(BAD_WEB.map(({ bad }) => bad?.version).sort()).toEqual(
      found.filter((version) => !fine.includes(version)),
    );
  });

  it('are the same for the same seed, and others for another one', () => {
    expect(namesOf(20, 7)).toEqual(namesOf(20, 7));
    expect(namesOf(20, 7)).not.toEqual(namesOf(20, 8));
  });

  it('are healthy in one of three releases, and else of every kind of the web service before one comes again', () => {
    const names = namesOf(20, 1);

    expect(names).toHaveLength(20);
    expect(names.filter((name) => name === 'healthy')).toHaveLength(7);
    expect(new Set(names).size).toBe(14);
    for (const { name } of BAD_WEB) expect(names).toContain(name);
  });

  it('come about as often as each other in a long soak', () => {
    const names = namesOf(200, 1);

    expect(names.filter((name) => name === 'healthy')).toHaveLength(67);
    for (const { name } of [...BAD_WEB, ...BAD_API]) {
      const times = names.filter((one) => one === name).length;
      expect([8, 9]).toContain(times);
    }
  });

  it('are found by name', () => {
    expect(kindNamed('api errors-5')?.bad).toEqual({ half: 'api', version: '2.4.0-errors-5' });
    expect(kindNamed('web crash-loop')?.losing).toBe(true);
    expect(kindNamed('api route')).toBeUndefined();
  });
});
