import { describe, expect, it } from 'vitest';
import { AwsError } from '../../packages/sandbox/aws-error.ts';
import { PUSH_PATH, withControl } from '../../packages/sandbox/control.ts';
import type { HttpRequest } from '../../packages/sandbox/http.ts';

const wanted = { repository: 'shop', tag: '2.0.0', folder: '/shop' };

const request = (change: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url: PUSH_PATH,
  headers: { host: '127.0.0.1:4566', 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(wanted)),
  ...change,
});

/** A control endpoint before an account that answers 418, and the pushes that it lets through. */
const control = (refuse?: Error) => {
  const pushes: unknown[] = [];
  const answer = withControl(
    async () => ({ status: 418, headers: {}, body: new Uint8Array() }),
    async (...push) => {
      if (refuse) throw refuse;
      pushes.push(push);
      return { digest: 'sha256:1', image: 'shop:2.0.0', notes: ['RUN is not carried out'] };
    },
  );
  const ask = async (asked: HttpRequest) => {
    const { status, body } = await answer(asked);
    return { status, body: body.length > 0 ? JSON.parse(Buffer.from(body).toString()) : undefined };
  };
  return { ask, pushes };
};

describe('the control endpoint', () => {
  it('takes a push', async () => {
    const { ask, pushes } = control();

    const { status, body } = await ask(request());

    expect(status).toBe(200);
    expect(body).toEqual({
      digest: 'sha256:1',
      image: 'shop:2.0.0',
      notes: ['RUN is not carried out'],
    });
    expect(pushes).toEqual([['shop', '2.0.0', '/shop']]);
  });

  it('leaves everything else to AWS', async () => {
    const { ask, pushes } = control();

    const { status } = await ask(request({ url: '/' }));

    expect(status).toBe(418);
    expect(pushes).toEqual([]);
  });

  it.each<[string, Partial<HttpRequest>]>([
    [
      'by a name that leads to this machine',
      { headers: { host: 'evil.example', 'content-type': 'application/json' } },
    ],
    [
      'as the text that a web page may send unasked',
      { headers: { host: '127.0.0.1:4566', 'content-type': 'text/plain' } },
    ],
    ['by another method', { method: 'GET' }],
  ])('refuses a request %s', async (_, change) => {
    const { ask, pushes } = control();

    const { status, body } = await ask(request(change));

    expect(status).toBe(403);
    expect(body.code).toBe('Forbidden');
    expect(pushes).toEqual([]);
  });

  it.each(['not JSON', '[]', '{"repository":"shop","tag":"2.0.0"}'])(
    'refuses a push that is %s',
    async (text) => {
      const { ask, pushes } = control();

      const { status, body } = await ask(request({ body: Buffer.from(text) }));

      expect(status).toBe(400);
      expect(body.code).toBe('InvalidPush');
      expect(pushes).toEqual([]);
    },
  );

  it("passes AWS's refusals on by their names", async () => {
    const { ask } = control(new AwsError('RepositoryNotFoundException', 'no shop'));

    const { status, body } = await ask(request());

    expect(status).toBe(400);
    expect(body).toEqual({ code: 'RepositoryNotFoundException', message: 'no shop' });
  });
});
