/** Bodies: compressed, broken, empty. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { through } from './loopback.ts';
import { documentOf, json, noting, scope } from './requests.ts';

describe('bodies', () => {
  it('reads what a client has compressed', async () => {
    const { calls, answer } = noting();
    let encoding: string | undefined;
    const data = Array.from({ length: 400 }, (_, index) => ({
      MetricName: `requests-of-a-rather-long-name-${index}`,
      Value: index,
    }));
    const client = new CloudWatchClient(
      through((asked) => {
        encoding = asked.headers['content-encoding'];
        expect(gunzipSync(asked.body).length).toBeGreaterThan(asked.body.length);
        return answer(asked);
      }),
    );

    await client.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: data }));

    expect(encoding).toBe('gzip');
    expect(calls).toMatchObject([{ input: { Namespace: 'Shop', MetricData: data } }]);
  });

  it.each([
    ['no JSON', new TextEncoder().encode('{"a'), undefined],
    ['no gzip', new TextEncoder().encode('{}'), 'gzip'],
    ['no JSON in gzip', gzipSync('{"a'), 'gzip'],
  ])('refuses a body that is %s', async (_, body, encoding) => {
    const { answer, calls } = noting();
    const asked = json('AWSEvents.ListRules', {}, { authorization: scope('events') });
    const headers = encoding ? { ...asked.headers, 'content-encoding': encoding } : asked.headers;

    const response = await answer({ ...asked, headers, body });

    expect(response.status).toBe(400);
    expect(documentOf(response)).toMatchObject({ __type: 'SerializationException' });
    expect(calls).toEqual([]);
  });

  it('takes an empty body for an empty input', async () => {
    const { answer, calls } = noting();
    const asked = json('AWSEvents.ListRules', {}, { authorization: scope('events') });

    await answer({ ...asked, body: new Uint8Array() });

    expect(calls).toMatchObject([{ input: {} }]);
  });
});
