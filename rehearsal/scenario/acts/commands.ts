/** Steps of a person who follows what Tandem, or a page of ours, tells people to run. */
import { NOTIFICATIONS_TOPIC } from '../../../core/names.ts';
import type { Reason } from '../../../core/release/reason.ts';
import { readLive } from '../../stage/outcome.ts';
import type { Stage } from '../../stage/stage.ts';
import { follow } from '../person/person.ts';
import { type Acts, releaseId, type Scene } from './scene.ts';

/** The commands in the message that told people how a release ended. */
const commandsOf = ({ sandbox }: Stage, release: string): readonly string[] => {
  const topic = `arn:aws:sns:${sandbox.region}:${sandbox.account}:${NOTIFICATIONS_TOPIC}`;
  const told = sandbox
    .messages(topic)
    .map(({ message }) => JSON.parse(message))
    .findLast(({ kind, releaseId }) => kind === 'release-ended' && releaseId === release);
  const reasons: readonly Reason[] = told?.reasons ?? [];
  const lines = reasons.flatMap(({ run = [] }) => run);
  if (lines.length === 0) throw new Error(`no message of ${release} has told people what to run`);
  return lines;
};

/** Makes the acts on a scene. */
export const commandActs = ({ stage, arnOf }: Scene): Acts => ({
  runCommands: ({ runCommands, conditional = false }) =>
    follow(stage, commandsOf(stage, releaseId(arnOf(runCommands))), { conditional }),

  shell: ({ shell }) => follow(stage, shell, { conditional: false }),

  serves: async ({ serves }) => {
    const live = await readLive(stage);
    for (const [target, revision] of Object.entries(serves)) {
      if (live[target] !== revision)
        throw new Error(`${target} serves ${live[target]} instead of ${revision}`);
    }
  },
});
