import { expect, it } from 'vitest';
import { settingChanges, settingText } from '../../../core/release/settings.ts';
import { settingsOfFunction } from '../../../handlers/reading/settings.ts';

it('settings of two versions of a function differ by memory, time-out, role and environment', () => {
  const old = {
    MemorySize: 256,
    Timeout: 3,
    Role: 'arn:aws:iam::111122223333:role/shop-old',
    Environment: { Variables: { LOG_LEVEL: 'info', API_TOKEN: 'a' } },
    Layers: [],
  };
  const made = {
    ...old,
    MemorySize: 512,
    Role: 'arn:aws:iam::111122223333:role/shop-new',
    Environment: { Variables: { LOG_LEVEL: 'debug', API_TOKEN: 'b' } },
    DeadLetterConfig: { TargetArn: '' },
  };

  const changes = settingChanges(settingsOfFunction(old), settingsOfFunction(made));

  expect(changes.map(settingText)).toEqual([
    'environment API_TOKEN: changed',
    'environment LOG_LEVEL: info → debug',
    'memory: 256 → 512',
    'role: shop-old → shop-new',
  ]);
});
