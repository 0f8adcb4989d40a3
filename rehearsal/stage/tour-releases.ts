/** The three releases that the tour shows, and how each begins. */
import type { PairSettings } from '../../core/drivers/registration.ts';
import { PAIR, REPOSITORY, type Stage } from './stage.ts';

/** A release, and what must become of it. */
export interface Plot {
  readonly title: string;
  readonly expected: 'Promoted' | 'RolledBack';
  readonly web: string;
  readonly api: string;
  /** Started by the push of its image and approved by a person; else by StartExecution, and nobody is asked. */
  readonly pushed: boolean;
}

/** The releases of the tour, in their order. */
export const PLOTS: readonly Plot[] = [
  {
    title: 'A good version, by pushing an image',
    expected: 'Promoted',
    web: '2.0.0',
    api: '2.0.0',
    pushed: true,
  },
  {
    title: 'A function that passes its checks and then throws for 3 of 10 users',
    expected: 'RolledBack',
    web: '2.2.0',
    api: '2.1.0-errors',
    pushed: false,
  },
  {
    title: 'A web application that passes its checks and then fails 3 of 10 users',
    expected: 'RolledBack',
    web: '2.1.0-errors',
    api: '2.2.0',
    pushed: false,
  },
];

/** Tells the pair what a push releases from now on, and whether a person is asked. */
export const settle = (
  stage: Stage,
  { join, approval }: Pick<PairSettings, 'join'> & Pick<PairSettings['policy'], 'approval'>,
): Promise<void> =>
  stage.settings((settings) => ({
    ...settings,
    join,
    policy: { ...settings.policy, approval },
  }));

type Say = (text: string) => void;

const byPush = async (stage: Stage, { web, api }: Plot, say: Say): Promise<string> => {
  await settle(stage, { join: 'tagged', approval: 'required' });
  const before = (await stage.executions()).length;
  say(`CI updates the function, tags it ${api}, and pushes ${REPOSITORY}:${web}`);
  await stage.update(api);
  await stage.push(web);
  return stage.until('the release that the push starts', async () => {
    const executions = await stage.executions();
    return executions.length > before ? executions[0]?.arn : undefined;
  });
};

const byHand = async (stage: Stage, { web, api }: Plot, say: Say): Promise<string> => {
  await settle(stage, { join: 'manual', approval: 'none' });
  await stage.update(api);
  await stage.push(web);
  const input = {
    pair: PAIR,
    targets: { web: { image: `${REPOSITORY}:${web}` }, api: { version: 'latest' } },
    requestedBy: 'ada@example.com',
    reason: `web ${web} with api ${api}`,
  };
  // With spaces between its members, so that it can be folded.
  say(`StartExecution ${JSON.stringify(input, null, 1).replace(/\s+/g, ' ')}`);
  return stage.start(input);
};

/** Begins a release, says how, and gives the ARN of its execution. */
export const begin = (stage: Stage, plot: Plot, say: Say): Promise<string> =>
  plot.pushed ? byPush(stage, plot, say) : byHand(stage, plot, say);
