/** Plays a schedule on a stage of its own, and judges it by every law. */

import type { Broken } from '../rehearsal/laws/laws.ts';
import { settingsOf } from '../rehearsal/scenario/quirk-settings.ts';
import { runScenario } from '../rehearsal/scenario/run.ts';
import type { Scenario } from '../rehearsal/scenario/scenario.ts';
import { openStage, type StageOptions } from '../rehearsal/stage/stage.ts';
import { callName } from './calls.ts';

/** What came of a schedule. */
export interface Outcome {
  readonly breaches: readonly Broken[];
  readonly releases: number;
  /** Faults and acts that have really happened, by the names that the schedule gave them. */
  readonly happened: readonly string[];
  /** Where the releases came: their ends, reasons, facts and steps. */
  readonly reached: readonly string[];
  /** Calls that functions of Tandem made. */
  readonly calls: ReadonlySet<string>;
}

/** What a release that nothing spoke against must do, and what every release must do, beside the laws. */
const HARMLESS = 'harmless-is-promoted';
export const ENDS = 'every-release-ends';

/** Where the facts of a release say that it came. */
const reachedBy = (facts: readonly { readonly kind: string; readonly data: unknown }[]) =>
  facts.flatMap(({ kind, data }) => {
    const { action, step, decision, in: by } = data as any;
    return [
      `fact ${kind}`,
      ...(kind === 'polled' ? [`action ${action}`] : []),
      ...(kind === 'rolled-back' ? [`rollback ${step.did}`] : []),
      ...(kind === 'decided' ? [`decision ${decision} in ${by}`] : []),
    ];
  });

/** Plays a schedule. Nothing that goes wrong in it throws: it is a breach. */
export const runSchedule = async (
  scenario: Scenario,
  functions: Extract<StageOptions['setting'], { kind: 'simulation' }>['functions'],
): Promise<Outcome> => {
  const calls = new Set<string>();
  const [[, quirks] = ['', {}]] = settingsOf(scenario);
  const watched: typeof openStage = async (options) => {
    const stage = await openStage(options);
    stage.sandbox.watch((call) => {
      const name = callName(call);
      if (name !== undefined) calls.add(name);
    });
    return stage;
  };
  const setting = { kind: 'simulation', ...(functions ? { functions } : {}) } as const;
  try {
    const result = await runScenario(scenario, { setting, quirks }, watched);
    const [expected] = scenario.expect.releases;
    const first = result.releases.find(({ name }) => name === 'first');
    const why = first?.record?.reasons.map(({ text }) => text).join('; ') || first?.cause;
    return {
      breaches: [
        ...result.broken,
        ...(expected && first?.end !== expected.end
          ? [
              {
                law: HARMLESS,
                text: `nothing spoke against it, but it ended ${first?.end}: ${why}`,
              },
            ]
          : []),
      ],
      releases: result.releases.length,
      happened: result.happened,
      reached: [
        ...new Set(
          result.releases.flatMap(({ end, record, facts }) => [
            `end ${end}`,
            ...(record?.reasons ?? []).map(({ code }) => `reason ${code}`),
            ...reachedBy(facts),
          ]),
        ),
      ],
      calls,
    };
  } catch (error) {
    const text = (error as Error).message;
    return { breaches: [{ law: ENDS, text }], releases: 1, happened: [], reached: [], calls };
  }
};
