import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Marker, readMarker, renderMarker } from '../../../core/drivers/codedeploy/marker.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
/** Names that StartExecution takes. */
const execution = fc.stringMatching(/^[0-9A-Za-z_-]{1,80}$/);

const markers: fc.Arbitrary<Marker> = fc.record({
  pair: name,
  release: execution,
  target: name,
  direction: fc.constantFrom('forward', 'rollback'),
  attempt: fc.integer({ min: 1, max: 99 }),
});

describe('a marker', () => {
  it('is read as it was written, and fits into a description', () => {
    fc.assert(
      fc.property(markers, (marker) => {
        const text = renderMarker(marker);
        expect(readMarker(text)).toEqual(marker);
        expect(text.length).toBeLessThanOrEqual(256);
      }),
    );
  });

  it('is different for every deployment', () => {
    fc.assert(
      fc.property(markers, markers, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(renderMarker(a)).not.toBe(renderMarker(b));
      }),
    );
  });

  it.each([
    undefined,
    '',
    'deployed by hand',
    'tandem/storefront/r/web/forward',
    'tandem/storefront/r/web/forward/0',
    'tandem/storefront/r/web/forward/01',
    'tandem/storefront/r/web/sideways/1',
    'tandem/storefront/r/web/forward/1 ',
    ' tandem/storefront/r/web/forward/1',
    'tandem//r/web/forward/1',
    'tandem/storefront/r/web/forward/1\n',
    'x tandem/storefront/r/web/forward/1',
  ])('is not read from %j', (text) => {
    expect(readMarker(text)).toBeUndefined();
  });

  it('is never read from junk', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readMarker(text)).toBeUndefined();
      }),
    );
  });
});
