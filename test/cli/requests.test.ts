/** What the verbs ask of an account, out of what a person typed. */
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { pushedInput, startedText } from '../../account/pushed-release.ts';
import { failureText } from '../../cli/failure.ts';
import { type InputOptions, inputOf } from '../../cli/release-input.ts';
import { answerOf } from '../../cli/verbs/answer.ts';
import { previewOf } from '../../cli/verbs/preview-push.ts';
import { leftInLatest, serviceBefore, undoOf, undoProblem } from '../../cli/verbs/undo.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import {
  atMinute,
  ecsRecord,
  lambdaRecord,
  momentAfter,
  policy,
  record,
  registration,
} from '../core/fixture.ts';

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

describe('an answer', () => {
  const asking = record({
    phase: 'Asking',
    policy: policy({ approval: 'required' }),
    approval: {
      id: 'approval-1',
      state: 'pending',
      requestedAt: momentAfter(5),
      expiresAt: momentAfter(65),
      shown: [],
    },
  });
  const said = { by: 'ada', comment: 'looks right' };

  it('names the approval that the release waits for', () => {
    expect(answerOf(asking, 'APPROVE', said, atMinute(6))).toEqual({
      approvalId: 'approval-1',
      releaseId: 'storefront-1',
      decision: 'APPROVE',
      ...said,
    });
    expect(answerOf(asking, 'REJECT', { by: 'ada' }, atMinute(6))).not.toHaveProperty('comment');
  });

  it.each<[string, ReleaseRecord, number, string]>([
    ['that does not ask', record({ phase: 'Shifting' }), 6, 'it is Shifting'],
    ['that has ended', record({ phase: 'Ended', end: 'Promoted' }), 6, 'has ended: Promoted'],
    ['that asked too long ago', asking, 66, 'expired at'],
    [
      'that was answered',
      { ...asking, approval: { ...asking.approval!, state: 'approved', by: 'otto' } },
      6,
      'already approved by otto',
    ],
  ])('to a release %s is refused before it is sent', (_, release, minute, text) => {
    expect(() => answerOf(release, 'APPROVE', said, atMinute(minute))).toThrow(text);
  });
});

describe('a preview of a push', () => {
  const preview = (tag: string, tags?: string[]) =>
    previewOf(registration(tags ? { tags } : {}), {
      repository: 'storefront/web',
      tag,
      image: undefined,
      versionTags: { api: '2.0.0' },
      now: atMinute(0),
    });

  it('names the targets that the push would release, and what it would leave out', () => {
    expect(preview('2.0.0')).toMatchObject({ exists: false, releases: ['web', 'api'] });
    expect(preview('2.1.0', ['[0-9]*'])).toMatchObject({
      releases: ['web'],
      because: expect.stringContaining('api is left out'),
    });
  });

  it('says why the push would be ignored', () => {
    expect(preview('pr-42')).toMatchObject({
      releases: [],
      because: expect.stringContaining('pr-42 is the tandem:version of no function'),
    });
  });
});

describe('an undo', () => {
  const promoted = (release: string, minute: number) =>
    record({ release, end: 'Promoted', phase: 'Ended', times: { started: momentAfter(minute) } });
  const first = promoted('first', 0);

  it('goes back to what the release came from, by a new release', () => {
    const targets = { web: { image: 'web:1' }, api: { version: '1' } };

    expect(undoOf(first, targets, 'ada')).toEqual({
      pair: 'storefront',
      targets,
      requestedBy: 'ada',
      reason: 'Undo of first',
      intent: 'rollback',
    });
  });

  it('of a rollback is an ordinary release: what it goes to is newer, and is proven', () => {
    const back = record({ release: 'back', intent: 'rollback', end: 'Promoted' });

    expect(undoOf(back, { api: { version: '2' } }, 'ada', 'it was the cache')).toMatchObject({
      intent: 'release',
      again: 'it was the cache',
    });
  });

  it('tells what $LATEST still holds, if that is what is undone', () => {
    const to = { name: '2', ref: '2', codeSha256: 'bad' };
    const targets = [ecsRecord(), lambdaRecord({ to })];
    expect(leftInLatest(targets, { api: 'bad' })).toEqual([
      expect.stringContaining('$LATEST of api still holds the code of version 2: update'),
    ]);
    expect(leftInLatest(targets, { api: 'fixed' })).toEqual([]);
  });

  it('brings settings back only where the release changed them', () => {
    const from = { name: 'web:1', ref: 'arn:web:1' };
    const settings = { taskDefinition: 'web:2', image: 'web:2' };

    expect(serviceBefore({ wanted: settings, from }, 'web@sha256:1')).toEqual({
      taskDefinition: 'web:1',
      image: 'web@sha256:1',
    });
    expect(serviceBefore({ wanted: { image: 'web:2' }, from }, 'web@sha256:1')).toEqual({
      image: 'web@sha256:1',
    });
  });

  it('is possible of the last promoted release, whatever failed after it', () => {
    const failed = record({
      release: 'second',
      end: 'RolledBack',
      times: { started: momentAfter(30) },
    });

    expect(undoProblem(first, [failed, first])).toBeUndefined();
  });

  it.each<[ReleaseRecord, readonly ReleaseRecord[], string]>([
    [record({ release: 'now', phase: 'Holding' }), [], 'npx tandem abort now'],
    [record({ release: 'lost', end: 'Rejected' }), [], 'lost ended Rejected'],
    [first, [promoted('second', 30)], 'second was promoted after first'],
    [first, [record({ release: 'next', times: { started: momentAfter(30) } })], 'is under way'],
  ])('of $release is refused in words', (release, others, text) => {
    expect(undoProblem(release, [...others, release])).toContain(text);
  });
});

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
