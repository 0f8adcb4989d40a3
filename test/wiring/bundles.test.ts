import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../scripts/build.ts';

const root = join(import.meta.dirname, '../..');
const bundles = join(root, 'dist/handlers');
const isBuilt = existsSync(join(bundles, 'meta.json'));

/** Minified kilobytes: the frame of every handler with the table's client, facts and drivers, and what each further client may add. */
const FRAME = 250;
const CLIENT = 30;

/** What else some hold: the 2×2 reads JSON Schemas of others with the whole schema library; a poll judges green. */
const MORE: Readonly<Record<string, number>> = { 'prove-release': 110, observe: 40 };

/** Parts that are useless in Lambda and slow to load. */
const UNWANTED: Readonly<Record<string, RegExp>> = {
  'a language of error texts beside English': /zod\/v4\/locales\/(?!en\.js)/,
  'the X-Ray SDK': /aws-xray-sdk-core/,
  'credentials of people or of other machines':
    /credential-provider-(sso|ini|login|process|web-identity|node)|client-sso|token-providers/,
  'the half of the SDK that cannot be shaken': /\/dist-cjs\//,
  'event streams': /dist-es\/.*event-streams/,
};

interface Output {
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

const outputs: Readonly<Record<string, Output>> = isBuilt
  ? JSON.parse(readFileSync(join(bundles, 'meta.json'), 'utf8')).outputs
  : {};

/** Files that left something in the bundle of a handler. */
const partsOf = (handler: string): readonly string[] => {
  const path = Object.keys(outputs).find((output) => output.endsWith(`/${handler}/index.mjs`));
  return Object.entries(outputs[path ?? '']?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([part]) => part);
};

/** Clients of AWS in the bundle of a handler. */
const clientsOf = (handler: string): readonly string[] => [
  ...new Set(
    partsOf(handler).flatMap((part) => /@aws-sdk\/(client-[\w-]+)\//.exec(part)?.[1] ?? []),
  ),
];

const sizeOf = (handler: string) => {
  const bytes = readFileSync(join(bundles, handler, 'index.mjs'));
  const kilobytes = (count: number) => Math.round(count / 1000);
  return { minified: kilobytes(bytes.length), compressed: kilobytes(gzipSync(bytes).length) };
};

describe.skipIf(!isBuilt)('bundles (skipped without dist/: run `node scripts/build.ts`)', () => {
  it.each(Object.entries(UNWANTED))('hold nothing of %s', (_what, unwanted) => {
    const found = Object.keys(ENTRIES).flatMap((handler) =>
      partsOf(handler).flatMap((part) => (unwanted.test(part) ? [`${handler}: ${part}`] : [])),
    );

    expect(found).toEqual([]);
  });

  it('are no larger than the clients that they use', ({ annotate }) => {
    const sizes = Object.keys(ENTRIES).map((handler) => {
      const limit = FRAME + CLIENT * (clientsOf(handler).length - 1) + (MORE[handler] ?? 0);
      return { handler, limit, ...sizeOf(handler) };
    });
    annotate(
      sizes
        .map(
          ({ handler, minified, compressed }) =>
            `${handler} ${minified} KB, ${compressed} KB zipped`,
        )
        .join('\n'),
    );

    expect(sizes.filter(({ minified, limit }) => minified > limit)).toEqual([]);
  });

  it('that keep the whole schema library are those that read schemas of others', () => {
    const whole = Object.keys(ENTRIES).filter((handler) =>
      partsOf(handler).some((part) => part.endsWith('zod/v4/classic/schemas.js')),
    );

    expect(whole).toEqual(['prove-release']);
  });
});
