import { describe, expect, it } from 'vitest';
import { callerName, isSamePerson } from '../../../core/text/caller.ts';

const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/Deploy/${name}`;

describe('who calls', () => {
  it.each([
    [user('ada'), 'ada'],
    [user('team/ada'), 'team/ada'],
    [session('ada@example.com'), 'Deploy/ada@example.com'],
    ['arn:aws:iam::111122223333:root', 'root'],
  ])('%s is %s', (arn, name) => {
    expect(callerName(arn)).toBe(name);
  });

  it.each([
    [user('ada'), 'ada', true],
    [session('ada'), 'Deploy/ada', true],
    [session('Ada@Example.com'), 'ada@example.com ', true],
    [session('ada'), 'ada@example.com', true],
    [session('ada@example.com'), 'Deploy/ada', true],
    [session('ada'), session('ada'), true],
    [session('ada'), user('ada'), true],
    [session('ada@example.com'), 'ada@example.org', false],
    [session('ada'), 'Deploy/grace', false],
    [session('ada'), 'adam', false],
    [session('ada'), 'the image push', false],
    [session('ada@example.com'), 'Ada Lovelace <Ada@Example.com>', true],
    [user('ada'), '"Ada" <ada@example.com>', true],
    [session('grace@example.com'), 'Ada Lovelace <ada@example.com>', false],
    [session('ada@example.com'), 'ada+git@example.com', true],
    [session('ada+ops@example.com'), 'ada@example.com', true],
    [session('ada'), '12345+Ada@users.noreply.github.com', true],
    [session('ada@example.com'), 'Ada <12345+ada@users.noreply.github.com>', true],
    [session('grace'), '12345+ada@users.noreply.github.com', false],
    [session('ada'), 'ada.', true],
    [session('ada'), 'Deploy/ada/', true],
    [session('ada@example.com'), 'ada@example.com.', true],
    [session('ada'), 'EXAMPLE\\Ada', true],
    [session('ada'), 'a\u200bda\u200f', true],
    [session('ada'), '\uff21\uff24\uff21', true],
    [session('jose@example.com'), 'jos\u00e9@example.com', true],
    [session('jose'), 'jose\u0301', true],
    [session('ada'), '...', false],
  ])('%s may be %s: %s', (arn, requestedBy, same) => {
    expect(isSamePerson(arn, requestedBy)).toBe(same);
  });
});
