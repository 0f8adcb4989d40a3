/**
 * No request of a client, however odd, is a failure of the sandbox: it gets an answer or AWS's refusal. A few seconds
 * with the same requests each time; `FUZZ=<sandboxes>` fills that many with new ones.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../front/requests.ts';
import { oddRequest } from './asked.ts';
import { wholeCloud } from './whole-cloud.ts';

const sandboxes = Number(process.env.FUZZ ?? 0);
/** Requests that one sandbox gets, one after the other. */
const REQUESTS = 60;

/** What only an engine of JavaScript says, or a library in it. */
const ofJavaScript =
  /Cannot (read|set|convert|destructure|mix|use 'in')|is not (a function|iterable|a constructor)|Invalid (time value|array length|count value|string length|Date|URL)|Unexpected (token '|token .* in JSON|end of JSON)|" is not valid JSON|in JSON at position|argument must be (of type|an instance)|properties of (undefined|null)|(undefined|null) to object|Maximum call stack|maximum size exceeded|\[object Object\]/;

/** Service time in which what a request has started comes back to it. */
const MINUTES = 5 * 60_000;

describe('a request, however odd', () => {
  it('is answered, or refused as AWS refuses, and is no failure of the sandbox', async () => {
    const { services, arns, close } = await wholeCloud();
    await close();
    const request = await oddRequest(services, arns);
    const property = fc.asyncProperty(
      fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS, size: 'max' }),
      async (requests) => {
        const cloud = await wholeCloud();
        try {
          for (const { name, written } of requests) {
            const response = await cloud.answer(written());
            const text = textOf(response);
            expect(response.status, `${name}\n${text}`).toBeLessThan(500);
            if (response.status >= 400) expect(text, name).not.toMatch(ofJavaScript);
          }
          await cloud.pass(MINUTES);
        } finally {
          await cloud.close();
        }
      },
    );

    await fc.assert(property, { numRuns: sandboxes || 40, ...(sandboxes ? {} : { seed: 1 }) });
  });
});
