import { describe, expect, it } from 'vitest';
import { fileFault, jsonFault } from '../../../core/text/file-fault.ts';

const failed = (code: string) => Object.assign(new Error(`${code}: what Node says`), { code });

describe('a file that a person has named', () => {
  it.each([
    ['ENOENT', 'There is no file a.json. Name another one'],
    ['ENOTDIR', 'There is no file a.json. Name another one'],
    ['EISDIR', 'a.json is a folder. Name another one'],
    ['EACCES', 'a.json cannot be read: you have no permission (EACCES)'],
    ['EMFILE', 'a.json cannot be read: EMFILE: what Node says'],
  ])('and whose reading fails with %s is told in a sentence', (code, sentence) => {
    expect(fileFault('a.json', failed(code), 'Name another one')).toBe(sentence);
  });

  it('is told without what to name instead where nobody knows that', () => {
    expect(fileFault('a.json', failed('ENOENT'))).toBe('There is no file a.json');
    expect(fileFault('a.json', failed('EISDIR'))).toBe('a.json is a folder. Name a file');
  });

  it('and that is not JSON is told with where it breaks', () => {
    expect(jsonFault('a.json', new Error('Unexpected end'))).toBe(
      'a.json is not JSON: Unexpected end',
    );
  });
});
