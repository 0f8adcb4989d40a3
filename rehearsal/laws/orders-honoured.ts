import type { Link } from '../../core/facts/chain.ts';
import type { Law } from './law.ts';

/** What people ordered and Tandem accepted, and what came of it, fact by fact. */
const dishonoured = (release: string, facts: readonly Link[]): readonly string[] => {
  let held = false;
  let aborted = false;
  const problems: string[] = [];
  for (const { kind, data } of facts) {
    const { command, decision, end } = data as Readonly<Record<string, unknown>>;
    if (kind === 'ordered') {
      if (command === 'hold' || command === 'resume') held = command === 'hold';
      if (command === 'abort') aborted = true;
    }
    if (kind === 'start-began' && (held || aborted))
      problems.push(`${release} was started although a person had stopped it`);
    if (kind === 'decided' && decision === 'promote' && (held || aborted))
      problems.push(`the promotion of ${release} was decided although a person had stopped it`);
    if (kind === 'ended' && end === 'Promoted' && aborted)
      problems.push(`${release} was promoted although a person had aborted it`);
  }
  return problems;
};

/** What was accepted from a person is honoured. */
export const ordersHonoured: Law = {
  name: 'orders-honoured',
  says: 'A command that was accepted is honoured.',
  broken: ({ releases }) =>
    releases.flatMap(({ record, facts }) =>
      record && !('unreadable' in facts) ? dishonoured(record.release, facts) : [],
    ),
};
