import { expect, it } from 'vitest';
import { dated } from '../../../packages/sandbox/front/dated.ts';
import { listen } from '../../../packages/sandbox/front/listen.ts';

it('tells a client what time it is in the sandbox, and nothing of the real one', async () => {
  const answer = async () => ({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: new TextEncoder().encode('ok'),
  });
  const noon = Date.UTC(2031, 3, 1, 12);
  const door = await listen(dated(answer, { now: () => noon }), 0);

  const { headers } = await fetch(door.url);
  await door.close();

  expect(headers.get('date')).toBe('Tue, 01 Apr 2031 12:00:00 GMT');
  expect(headers.get('content-type')).toBe('text/plain');
});
