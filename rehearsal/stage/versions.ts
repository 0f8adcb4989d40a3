/** Knows the folder in which a person finds every version of the samples, ready to be pushed or uploaded. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artefact, versionsOf, zipOf } from './artefacts.ts';
import { place } from './in-place.ts';
import { ROOT } from './synthesis.ts';

/** Where the versions lie: `web-app/<version>/` and `api-function/<version>.zip`. */
export const VERSIONS = join(ROOT, 'dist', 'versions');

/** What becomes of whoever releases a version, for people who choose one. */
export const MEANINGS: Readonly<Record<string, string>> = {
  '1.0.0': 'good; what users have in a fresh sandbox',
  '2.0.0': 'good',
  '2.2.0': 'good',
  '3.0.0': 'web: good; api: good alone, but no older web can read its prices',
  '2.1.0-errors': 'bad: passes its checks, then fails 3 of 10 users',
  '2.1.0-slow': 'bad: passes its checks, then keeps 3 of 10 users waiting',
  '2.1.0-crash': 'bad: ends before it can answer anything',
  '2.1.0-unready': 'bad, web only: lives, but is never ready for traffic',
  '2.1.0-unhealthy': 'bad, api only: says itself that it cannot do its work',
  '2.3.0-steady': 'good: takes 20 to 40 ms for an answer',
  '2.3.1-steady': 'good: the same under another number',
  '2.3.2-cold': 'good, web only: its first answers take 1.2 seconds in each task',
  '2.4.0-errors-1': 'bad: as steady, but fails 1 of 100 users, at random',
  '2.4.0-errors-2': 'bad: fails 2 of 100 users',
  '2.4.0-errors-5': 'bad: fails 5 of 100 users',
  '2.4.0-errors-30': 'bad: fails 30 of 100 users',
  '2.4.0-slow-150': 'good: takes 10 to 20 ms longer than steady, which nobody notices',
  '2.4.0-slow-300': 'bad: takes three times as long as steady',
  '2.4.0-slow-600': 'bad: takes six times as long',
  '2.4.0-leak-errors': 'bad, web only: fails more users the longer it runs',
  '2.4.0-leak-slow': 'bad, web only: takes longer the longer it runs',
  '2.4.0-route': 'bad, web only: /api/data always fails',
  '2.4.0-crash-loop': 'bad, web only: ends after 60 answers, again and again',
};

/**
 * Lays out every version of the web application as a folder and of the function as a zip file: a neighbour's push never
 * meets half of one.
 */
export const layOutVersions = async (): Promise<void> => {
  for (const version of await versionsOf('web-app')) {
    await place(await artefact('web-app', version), join(VERSIONS, 'web-app', version));
  }
  for (const version of await versionsOf('api-function')) {
    const folder = await artefact('api-function', version);
    const draft = `${folder}.zip`;
    await writeFile(draft, await zipOf(folder));
    await rm(folder, { recursive: true, force: true });
    await place(draft, join(VERSIONS, 'api-function', `${version}.zip`));
  }
};
