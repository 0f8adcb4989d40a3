/** The input of a release out of what a person typed, and what went wrong in words. */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { failureText } from '../../cli/failure.ts';
import { type InputOptions, inputOf } from '../../cli/release-input.ts';

describe('the input of a release', () => {
  it('is made of options, in the name of the caller', () => {
    const options = { pair: 'shop', target: ['mail=7', 'web=shop-web:2', 'api=latest'] };

    expect(inputOf(undefined, options, 'ada')).toEqual({
      pair: 'shop',
      targets: { mail: { version: '7' }, web: { image: 'shop-web:2' }, api: { version: 'latest' } },
      requestedBy: 'ada',
      reason: '',
      intent: 'release',
    });
  });

  it('is that of a file, in which options replace what they name', () => {
    const file = {
      pair: 'shop',
      targets: { web: { image: 'shop-web:1' }, api: { version: '3' } },
      requestedBy: 'maria',
      reason: 'autumn',
    };

    expect(inputOf(file, {}, 'ada')).toMatchObject(file);
    expect(inputOf(file, { target: ['api=4'], reason: 'winter', by: 'otto' }, 'ada')).toMatchObject(
      {
        targets: { web: { image: 'shop-web:1' }, api: { version: '4' } },
        requestedBy: 'otto',
        reason: 'winter',
      },
    );
  });

  it('has curve, bake and guard by options, and keeps the other members of the policy', () => {
    const file = { pair: 'shop', targets: { api: { version: '3' } }, policy: { guardMinutes: 9 } };
    const curve = { type: 'linear', percent: 10, minutes: 1 } as const;

    expect(inputOf(file, { curve, bake: 0 }, 'ada')).toMatchObject({
      curve,
      policy: { bakeMinutes: 0, guardMinutes: 9 },
    });
  });

  it('has the facts of the change that a file of their own tells, before those of the release', () => {
    const file = { pair: 'shop', targets: { api: { version: '3' } }, change: { files: 9 } };

    expect(inputOf(file, {}, 'ada')).toMatchObject({ change: { files: 9 } });
    expect(inputOf(file, {}, 'ada', { files: 2, commits: 1 })).toMatchObject({
      change: { files: 2, commits: 1 },
    });
    expect(() => inputOf(file, {}, 'ada', { lines: 9 })).toThrow('"change" has no member "lines"');
  });

  it.each<[unknown, InputOptions, string]>([
    [undefined, { pair: 'shop' }, '"targets" names no target'],
    [undefined, { target: ['web=shop-web:2'] }, '"pair" is missing'],
    [
      undefined,
      { pair: 'shop', target: ['api=2'], bake: 41 },
      '"policy.bakeMinutes" must be at most 40',
    ],
    [undefined, { pair: 'shop', target: ['web'] }, '"web" is not <target>=<image or version>'],
    [{ pair: 'shop', targets: { web: { tag: '2' } } }, {}, '"targets.web" must be { "image"'],
    [[], {}, '"pair" is missing'],
  ])('out of %j and %j is refused in words', (file, options, text) => {
    expect(() => inputOf(file, options, 'ada')).toThrow(text);
  });
});

describe('what went wrong', () => {
  const answered = (name: string, message: string) =>
    new DynamoDBServiceException({ name, message, $fault: 'client', $metadata: {} });

  it.each([
    [new Error('There is no release x'), 'There is no release x'],
    [answered('AccessDeniedException', 'not allowed'), 'not allowed (AccessDeniedException)'],
    [
      answered('ResourceNotFoundException', 'no table'),
      'no table (ResourceNotFoundException): Tandem is not deployed in this account and Region',
    ],
    ['text', 'text'],
  ])('is a sentence: %s', (error, text) => {
    expect(failureText(error)).toBe(text);
  });

  it('names the endpoint at which nobody answers, and how to open one', () => {
    const refused = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });

    expect(failureText(refused, 'http://127.0.0.1:4566')).toContain(
      'Nobody answers at http://127.0.0.1:4566',
    );
    expect(failureText(refused, '')).toContain('AWS could not be reached: ECONNREFUSED');
  });
});
