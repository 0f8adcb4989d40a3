import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageOf, ReleaseInput, readImage } from '../../core/release/input.ts';
import { overlaysOf } from './variant.ts';

const folder = join(import.meta.dirname, '../../samples/releases');

describe('the sample releases', () => {
  it.each(readdirSync(folder))('%s is an input that a release takes', (file) => {
    const input = ReleaseInput.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const { web } = input.targets;

    expect(input.pair).toBe('storefront');
    const image = web && imageOf(web);
    if (image) expect(overlaysOf('web-app')).toContain(readImage(image)?.tag);
  });
});
