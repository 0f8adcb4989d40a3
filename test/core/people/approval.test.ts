import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ApprovalAnswer,
  answered,
  answerProblem,
  openApproval,
} from '../../../core/people/approval.ts';
import { approvalRequest } from '../../../core/people/approval-request.ts';
import { api, ecsRecord, lambdaRecord, momentAfter, policy, proven, record } from '../fixture.ts';

const open = (change: Parameters<typeof record>[0] = {}) => {
  const before = record(change);
  return { ...before, approval: openApproval(before, 'a nonce', momentAfter(0)) };
};
const asked = open();
const answer = (decision: 'APPROVE' | 'REJECT', change = {}): ApprovalAnswer => ({
  approvalId: asked.approval.id,
  releaseId: asked.release,
  decision,
  by: 'grace',
  ...change,
});

describe('an approval', () => {
  it('is open for as long as policy gives people', () => {
    expect(open({ policy: policy({ approvalMinutes: 90 }) }).approval).toMatchObject({
      state: 'pending',
      expiresAt: momentAfter(90),
    });
  });

  it('has an id of 128 bits that only its nonce gives away', () => {
    const ids = ['a nonce', 'another nonce'].map(
      (nonce) => openApproval(record(), nonce, momentAfter(0)).id,
    );
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[0]).not.toBe(ids[1]);
    expect(openApproval(record({ release: 'other' }), 'a nonce', momentAfter(0)).id).not.toBe(
      ids[0],
    );
  });

  it('keeps who answered and what they said on one line, which steers no terminal', () => {
    const said = answer('REJECT', { by: 'gra\u001b[2Kce\n', comment: 'no\nada: approved' });
    expect(answered(asked, said).approval).toMatchObject({
      by: 'gra [2Kce',
      comment: 'no ada: approved',
    });
  });

  it.each(['\n', '\u200b', ' \u200f\ufeff'])('takes no answer of nobody: %j', (by) => {
    expect(ApprovalAnswer.safeParse(answer('REJECT', { by })).success).toBe(false);
  });

  it('remembers what people were shown, so that it is for nothing else', () => {
    const targets = [
      ecsRecord({ to: { name: 'web:2', ref: 'arn', digest: 'sha256:aa' } }),
      lambdaRecord({ to: { name: '2', ref: '2', codeSha256: 'bb' } }),
    ];
    expect(open({ targets }).approval.shown).toEqual([
      { name: 'web', to: 'web:2', digest: 'sha256:aa' },
      { name: 'api', to: '2', digest: 'bb' },
    ]);
  });

  describe('request', () => {
    const waiting = open({
      listener: 'a task token',
      targets: [
        ecsRecord({ to: { name: 'web:2', ref: 'arn', digest: 'sha256:aa' } }),
        lambdaRecord({ unchanged: true }),
      ],
      leftAlone: { mail: api({ name: 'mail' }) },
      proof: {
        ...proven(),
        cells: [
          {
            caller: { colour: 'green', target: 'web', revision: 'web:2' },
            callee: { colour: 'blue', target: 'api', revision: '1' },
            verdict: 'pass',
            cases: 3,
          },
        ],
      },
    });
    const request = approvalRequest(waiting, waiting.approval);

    it('shows people what they decide on, and never a task token', () => {
      expect(request.targets).toEqual([
        { name: 'web', from: 'web:1', to: 'web:2', digest: 'sha256:aa', changes: [] },
      ]);
      expect(request.unchanged).toEqual(['api']);
      expect(request.leftAlone).toEqual(['mail']);
      expect(JSON.stringify(request)).not.toContain('a task token');
    });

    it('shows versions, the commit, and where people can look at green', () => {
      const testAddress = { origin: 'http://lb.example.com:9001', internal: false };
      const from = { name: 'web:1', ref: 'arn:web:1', version: '1.0.0' };
      const to = { name: 'web:2', ref: 'arn', digest: 'sha256:aa', version: '2.0.0' };
      const { targets, text, commit } = approvalRequest(
        {
          ...waiting,
          change: { commit: '4f2a9c1d' },
          targets: { web: ecsRecord({ from, to, testAddress }) },
        },
        waiting.approval,
      );

      expect(commit).toBe('4f2a9c1d');
      expect(targets).toMatchObject([
        { from: 'web:1', fromVersion: '1.0.0', to: 'web:2', toVersion: '2.0.0' },
      ]);
      expect(text).toContain('\nweb: 1.0.0 (web:1) -> 2.0.0 (web:2)\n  sha256:aa\n');
      expect(text).toContain('\nIt is built from commit 4f2a9c1d.\n');
      expect(text).toContain(
        '\nCheck green before you answer:\nweb: http://lb.example.com:9001/\n  It answers wherever',
      );
      expect(text).toContain('\nThese lead to green while the release waits for this answer.');
    });

    it('names who wrote it, and whom four eyes do not let approve', () => {
      const { authors, text } = approvalRequest(
        { ...waiting, authors: ['linus', 'ada'], policy: policy({ fourEyes: true }) },
        waiting.approval,
      );
      expect(authors).toEqual(['linus', 'ada']);
      expect(text).toContain('\nAuthors: linus, ada.\n');
      expect(text).toContain(`a person other than ${waiting.requestedBy}, linus, ada approves`);
    });

    it('carries the proof cell by cell for programs', () => {
      expect(request.proof).toMatchObject({
        verdict: 'pass',
        mixed: { text: '4 of 4 cells pass' },
        cells: [{ caller: { revision: 'web:2' }, callee: { revision: '1' }, cases: 3 }],
      });
    });

    it('says of a rollback that it is not proven again', () => {
      const { intent, text, proof } = approvalRequest(
        record({ intent: 'rollback' }),
        asked.approval,
      );

      expect({ intent, proof }).toEqual({ intent: 'rollback', proof: undefined });
      expect(text).toContain('\nIt rolls back to older revisions, which are not proven again.\n');
    });

    it('is a letter that a person can read and answer', () => {
      const lines = request.text.split('\n');

      expect(lines).toContain('web: web:1 -> web:2');
      expect(lines).toContain('api: unchanged');
      expect(lines).toContain('mail: left alone');
      expect(lines).toContain('2×2: 4 of 4 cells pass');
      expect(lines).toContain('  green web web:2  blue api version 1  3      pass');
      expect(request.text).toContain(`"approvalId":"${waiting.approval.id}"`);
    });
  });

  it.each([
    ['APPROVE', 'approved'],
    ['REJECT', 'rejected'],
  ] as const)('is decided by %s', (decision, state) => {
    expect(answerProblem(asked, answer(decision), momentAfter(1))).toBeUndefined();
    const after = answered(asked, answer(decision, { comment: 'seen' }));
    expect(after.approval).toMatchObject({ state, by: 'grace', comment: 'seen' });
    for (const second of ['APPROVE', 'REJECT'] as const) {
      expect(answerProblem(after, answer(second), momentAfter(2))).toBe(
        `already ${state} by grace`,
      );
    }
  });

  it.each([
    ['an unknown release', undefined, answer('APPROVE'), 1],
    ['a release that did not ask', record(), answer('APPROVE'), 1],
    ['another approval', asked, answer('APPROVE', { approvalId: 'guessed' }), 1],
    [
      'a release that rolls back',
      { ...asked, decision: 'rollback' as const },
      answer('APPROVE'),
      1,
    ],
    ['a release that has ended', { ...asked, end: 'Aborted' as const }, answer('APPROVE'), 1],
    ['an approval that has expired', asked, answer('APPROVE'), 60],
  ])('has no effect on %s', (_, release, message, minute) => {
    expect(answerProblem(release, message, momentAfter(minute))).toEqual(expect.any(String));
  });

  it('cannot be given over SNS where four eyes are wanted, but a rejection can', () => {
    const strict = { ...asked, policy: policy({ fourEyes: true }) };
    expect(answerProblem(strict, answer('APPROVE'), momentAfter(1))).toContain('four eyes');
    expect(answerProblem(strict, answer('REJECT'), momentAfter(1))).toBeUndefined();
  });

  it.each([
    ['arn:aws:sts::111122223333:assumed-role/Deploy/grace', undefined],
    ['arn:aws:iam::111122223333:user/maria', 'another person must approve it'],
    ['arn:aws:sts::111122223333:assumed-role/Deploy/Maria@example.com', 'maria@example.com'],
    [
      'arn:aws:sts::111122223333:assumed-role/Deploy/linus',
      'may be an author of the change (Linus@example.com)',
    ],
  ])('with four eyes, %s is weighed against who asked and who wrote it', (arn, problem) => {
    const strict = {
      ...asked,
      requestedBy: 'maria@example.com',
      authors: ['ada@example.com', 'Linus@example.com'],
      policy: policy({ fourEyes: true }),
    };
    const found = answerProblem(strict, answer('APPROVE'), momentAfter(1), arn);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
    expect(answerProblem(strict, answer('REJECT'), momentAfter(1), arn)).toBeUndefined();
    expect(answered(strict, answer('APPROVE'), arn).approval?.identity).toBe(arn);
  });

  it('reads no junk', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (junk) => {
        const read = ApprovalAnswer.safeParse(junk);
        expect(read.success && !['APPROVE', 'REJECT'].includes(read.data.decision)).toBe(false);
      }),
    );
    expect(ApprovalAnswer.safeParse({ ...answer('APPROVE'), decision: 'approve' }).success).toBe(
      false,
    );
    expect(ApprovalAnswer.safeParse({ ...answer('APPROVE'), by: '' }).success).toBe(false);
  });
});
