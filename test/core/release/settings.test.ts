import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Settings, settingChanges, settingText } from '../../../core/release/settings.ts';

const text = (from: Settings, to: Settings) => settingChanges(from, to).map(settingText);

describe('the changed settings of a target', () => {
  it('are those that were added, removed or differ, in the order of their names', () => {
    expect(
      text(
        { memory: '512', cpu: '256', 'environment OLD': '1' },
        { memory: '1024', cpu: '256', 'environment FEATURE_GLOVES': 'on' },
      ),
    ).toEqual([
      'environment FEATURE_GLOVES: added, on',
      'environment OLD: removed, 1',
      'memory: 512 → 1024',
    ]);
  });

  it.each([
    ['environment DB_PASSWORD', 'hunter2', 'hunter3'],
    ['environment API_KEY', 'sk-live-1', 'sk-live-2'],
    ['secret DB', 'arn:aws:secretsmanager:us-east-1:1:secret:a', 'arn:…:b'],
    ['command', '["run","--token=abc"]', '["run","--token=def"]'],
    ['environment DATABASE_URL', 'postgres://shop:hunter2@db/shop', 'postgres://shop:x@db/shop'],
    ['environment SMTP_PASS', 'hunter2', 'hunter3'],
    ['environment MYSQL_PWD', 'hunter2', 'hunter3'],
    ['environment ADMIN_PIN', '1234', '4321'],
    ['web: environment STRIPE', 'sk_live_51Hc8Zq0pX7', 'sk_live_62Jd9Ar1qY8'],
    ['environment TRACKER', '9f1c2a7e-4b1d-4c0a-9d3e-5a7e1c2b4d00', '9f1c-x2y'],
    [
      'environment ALERTS',
      'https://hooks.example.com/T01/x7Qp9LmZ2',
      'https://hooks.example.com/T01/a1B2',
    ],
    [
      'environment ERRORS',
      'https://shopper@errors.example.com/42',
      'https://x@errors.example.com/42',
    ],
    ['command', '["run","aGVsbG8gd29ybGQgMTIz"]', '["run","aGVsbG8gMTI0"]'],
  ])('never show the value of %s', (what, from, to) => {
    expect(text({ [what]: from }, { [what]: to })).toEqual([`${what}: changed`]);
    expect(text({}, { [what]: to })).toEqual([`${what}: added`]);
    expect(JSON.stringify(settingChanges({ [what]: from }, {}))).not.toContain(from);
  });

  it.each([
    ['environment LOG_LEVEL', 'debug'],
    ['environment TABLE', 'shop-orders-2'],
    ['environment API', 'https://api.shop.example.com:8443/items'],
    ['web: environment TIMEOUT', '30s'],
    ['environment GREETING', 'Guten Morgen, everybody!'],
    ['environment MODE', 'readOnly'],
    ['command', '["node","--max-old-space-size=512","server.js"]'],
    ['task role', 'shop-TaskRole30FC0FBB-k3JxPq9'],
  ])('show the plain value of %s', (what, to) => {
    expect(text({}, { [what]: to })).toEqual([`${what}: added, ${to}`]);
  });

  it('are none between equal settings, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (settings) => {
        expect(settingChanges(settings, { ...settings })).toEqual([]);
      }),
    );
  });

  it('fit a record, however many and long they are', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`environment N${n}`, 'x'.repeat(4000)]),
    );

    const changes = settingChanges({}, many);
    expect(JSON.stringify(changes).length).toBeLessThan(10_000);
    expect(settingText(changes.at(-1)!)).toBe('480 more settings: changed');
  });
});
