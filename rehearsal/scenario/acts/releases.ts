/** Steps that make versions, start releases and wait for what becomes of them. */

import { REPOSITORY } from '../../stage/stage.ts';
import { pushBuilds } from '../builds.ts';
import { registerRevision } from '../revisions.ts';
import type { Acts, Scene } from './scene.ts';

/** Makes the acts on a scene. */
export const releaseActs = ({ stage, executions, faults, recordOf, arnOf }: Scene): Acts => {
  const { pair } = stage;
  const { clock, call } = stage.sandbox;

  /** The one of some executions whose release has a reason that says this. */
  const arnBecause = async (
    some: readonly { readonly arn: string }[],
    text: string,
  ): Promise<string> => {
    const found = [];
    for (const { arn } of some) {
      const { input } = await call('states', 'DescribeExecution', { executionArn: arn });
      if (JSON.parse(input).reason?.includes(text)) found.push(arn);
    }
    if (found.length !== 1)
      throw new Error(`the reasons of ${found.length} releases say "${text}"`);
    return found[0]!;
  };

  const start: Acts[string] = async ({ start, as = 'first', name, padding = 0 }) => {
    const reason = `a scenario${'.'.repeat(padding)}`;
    const input =
      typeof start === 'object' && start !== null && 'targets' in start
        ? { pair, requestedBy: 'ada@example.com', reason, ...start }
        : start;
    executions.set(as, await stage.start(input, name));
  };

  return {
    note: async () => undefined,

    update: ({ update, target }) => stage.update(update, target),

    push: async ({ push, tag, builds, findings, platforms }) => {
      if (builds === undefined) await stage.push(push, tag, findings, platforms);
      else await pushBuilds(stage, push, builds);
    },

    revise: async ({ revise, containers }) => {
      await registerRevision(stage, revise, containers);
    },

    start,

    release: async ({ release: { web, api }, as }, place) => {
      await stage.settings((settings) => ({ ...settings, join: 'manual' }));
      if (api) await stage.update(api);
      if (web) await stage.push(web);
      const targets = {
        ...(web ? { web: { image: `${REPOSITORY}:${web}` } } : {}),
        ...(api ? { api: { version: 'latest' } } : {}),
      };
      await start({ start: { targets }, as }, place);
    },

    started: async ({ started, because }) => {
      const names: readonly string[] = [started].flat();
      const unnamed = await stage.until(
        `${names.length} executions`,
        async () => {
          const known = new Set(executions.values());
          const all = (await stage.executions()).filter(({ arn }) => !known.has(arn));
          return all.length >= names.length ? all.toReversed() : undefined;
        },
        30,
      );
      for (const [index, name] of names.entries()) {
        const arn = because ? await arnBecause(unnamed, because[index] ?? '') : unnamed[index]!.arn;
        executions.set(name, arn);
      }
    },

    until: async ({ until: { release, hit, ...wanted } }) => {
      await stage.until(
        JSON.stringify(wanted),
        async () => {
          if (hit !== undefined) return (faults.get(hit)?.() ?? 0) > 0 ? true : undefined;
          const record = await recordOf(release);
          if (!record) return undefined;
          if (record.end) {
            const why = record.reasons.map(({ text }) => text).join('; ');
            throw new Error(
              `the release ended ${record.end} before ${JSON.stringify(wanted)}: ${why}`,
            );
          }
          const { phase, decision, approval, guarded, guardEnded, shifted, held } = wanted;
          const reached =
            (phase === undefined || record.phase === phase) &&
            (decision === undefined || record.decision === decision) &&
            (approval === undefined || record.approval?.state === approval) &&
            (guarded === undefined || record.times.guarded !== undefined) &&
            (guardEnded === undefined || record.times.guardEnded !== undefined) &&
            (held === undefined || record.times.held !== undefined) &&
            (shifted === undefined || Object.values(record.targets).every((one) => one.shifted));
          return reached ? true : undefined;
        },
        24 * 60,
      );
    },

    minutes: ({ minutes }) => clock.until(clock.sleep(minutes * 60_000)),

    ended: async ({ ended, status: wanted }) => {
      const { status, error } = await stage.ended(arnOf(ended));
      if (wanted !== undefined && status !== wanted)
        throw new Error(`the execution of ${ended} is ${status} (${error}) instead of ${wanted}`);
    },
  };
};
