/** Where people who decide see the risk. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { titleLines } from '../../../cli/status.ts';
import { openApproval } from '../../../core/people/approval.ts';
import { approvalPage } from '../../../core/people/approval-page.ts';
import { approvalRequest } from '../../../core/people/approval-request.ts';
import { planAgain, planRelease } from '../../../core/protocol/plan.ts';
import { ReleaseInput } from '../../../core/release/input.ts';
import { documentOf } from '../../../core/views/document.ts';
import { momentAfter, record, registration } from '../fixture.ts';
import { usual } from './fixture.ts';

const risk = {
  probability: 0.31,
  low: 0.1,
  high: 0.62,
  reasons: ['9 times the <usual>', '3 of the last 10 releases of the pair were rolled back'],
  suggestion: { bakeMinutes: 15, text: 'Consider a longer bake (15 minutes; now 5).' },
};
const asked = record({ risk, change: usual });
const approval = openApproval(asked, 'a nonce', momentAfter(0));

describe('the risk is shown', () => {
  it('in the title of get and watch', () => {
    expect(titleLines(asked).map(stripVTControlCharacters)).toContain(
      '  risk of a rollback: about 31 % (10 to 62 %)',
    );
  });

  it('to programs, with the facts that it rests on', () => {
    expect(documentOf(asked, [])).toMatchObject({ risk, change: usual });
  });

  it('in the request for an approval, member by member and in words', () => {
    const request = approvalRequest(asked, approval);

    expect(request.risk).toEqual(risk);
    expect(request.text).toContain(
      '\nRisk of a rollback: about 31 % (10 to 62 %): 9 times the <usual>; 3 of the last 10 releases of the pair were rolled back. Consider a longer bake (15 minutes; now 5).\n',
    );
  });

  it('on the approval page, reason by reason', () => {
    const page = approvalPage(approvalRequest(asked, approval), 'nonce');

    expect(page).toContain('<h2>Risk of a rollback: about 31 % (10 to 62 %)</h2>');
    expect(page).toContain('<li>9 times the &lt;usual&gt;</li>');
    expect(page).toContain('<p>Consider a longer bake (15 minutes; now 5).</p>');
  });

  it('nowhere when none was said', () => {
    const request = approvalRequest(record(), approval);

    expect(request.text + approvalPage(request, 'nonce')).not.toContain('Risk');
    expect(titleLines(record())).toHaveLength(2);
  });
});

describe('the facts of a change', () => {
  const input = { pair: 'storefront', targets: { web: { image: 'web:2' } }, requestedBy: 'ada' };
  const about = {
    ...{ release: 'storefront-1', owner: 'execution-1', now: momentAfter(0) },
    ...{ wanted: { web: { image: 'web@sha256:aa' } }, reasons: [] },
  };

  it('are kept with the release, for those after it', () => {
    const given = ReleaseInput.parse({ ...input, change: usual });

    expect(planRelease(given, registration(), about).change).toEqual(usual);
    expect(planRelease(ReleaseInput.parse(input), registration(), about)).not.toHaveProperty(
      'change',
    );
  });

  it('stay, and the risk with them, when a release is planned again after its wait', () => {
    const given = ReleaseInput.parse({ ...input, change: usual });

    expect(planAgain(asked, given, registration(), [], { now: momentAfter(3) })).toMatchObject({
      change: usual,
      risk,
    });
  });

  it.each([
    { commits: -1 },
    { files: 1.5 },
    { linesAdded: 1_000_000_001 },
    { experience: -0.1 },
    { linesAdded: null },
    { lines: 7 },
  ])('are refused when they are none: %j', (change) => {
    expect(ReleaseInput.safeParse({ ...input, change }).success).toBe(false);
  });
});
