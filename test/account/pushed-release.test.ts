import { describe, expect, it } from 'vitest';
import { pushedInput, startedText } from '../../account/pushed-release.ts';

describe('the release of a push', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const input = {
    pair: 'storefront',
    targets: { web: { image: `storefront-web@${digest}` } },
    requestedBy: 'image-push',
    reason: "storefront-web:2 was pushed; api is left out: its function's tag is missing",
    eventId: 'event-1',
  };

  it('is known by the digest in its input', () => {
    expect(pushedInput(JSON.stringify(input), digest)).toMatchObject({ pair: 'storefront' });
    expect(pushedInput(JSON.stringify(input), `sha256:${'cd'.repeat(32)}`)).toBeUndefined();
    expect(pushedInput('{"recover":"storefront-1"}', digest)).toBeUndefined();
    expect(pushedInput(undefined, digest)).toBeUndefined();
    // Somebody may start the same image by hand at the same time.
    expect(pushedInput(JSON.stringify({ ...input, eventId: undefined }), digest)).toBeUndefined();
  });

  it('is told with what it leaves out', () => {
    const started = { release: 'storefront-1', input: pushedInput(JSON.stringify(input), digest)! };

    expect(startedText(started)).toBe(
      "storefront-1 (web; api is left out: its function's tag is missing)",
    );
  });
});
