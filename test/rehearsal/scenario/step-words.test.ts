import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hitWords, stepWords } from '../../../rehearsal/scenario/step-words.ts';
import { Step, verbOf } from '../../../rehearsal/scenario/steps.ts';

const folder = join(import.meta.dirname, '../../../samples/scenarios');

/** Steps and the steps inside them. */
const allOf = (steps: readonly any[]): readonly any[] =>
  steps.flatMap((step) => [step, ...allOf(step.fault?.do ?? [])]);

const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => allOf(JSON.parse(readFileSync(join(folder, file), 'utf8')).steps));

const verbs = (z.toJSONSchema(Step, { reused: 'inline', unrepresentable: 'any' }) as any).anyOf.map(
  ({ properties }: any) => Object.keys(properties)[0],
);

const textOf = (step: Step) => stepWords(step)?.text;

describe('words of a step', () => {
  it('are there for each step of every sample, and name no argument that is missing', () => {
    const texts = samples.map(textOf).filter((text) => text !== undefined);

    expect(texts.length).toBeGreaterThan(1000);
    expect(texts.filter((text) => /undefined|\[object/.test(text))).toEqual([]);
    expect(new Set(samples.map(verbOf))).toEqual(new Set(verbs));
  });

  it.each([
    [
      { alarm: 'api-errors', state: 'ALARM', minutes: 1 },
      'alarm api-errors turns ALARM for 1 minute',
    ],
    [{ push: '2.0.0', tag: 'v2' }, 'CI: pushes web 2.0.0 as v2'],
    [
      { answer: 'REJECT', by: 'linus@example.com', door: 'page' },
      'linus@example.com: REJECT by page',
    ],
    [{ fail: { decide: ['dynamodb.PutItem'] } }, 'refuse dynamodb.PutItem of decide'],
    [{ start: { targets: { web: {}, api: {} } } }, 'a person: starts a release of web and api'],
    [{ start: 7 }, 'a person: starts a release'],
  ])('say who acts and what happens: %j', (step, text) => {
    expect(textOf(step)).toContain(text);
  });

  it('name the calls that a fault hits', () => {
    const fault = {
      name: 'late',
      service: 'codedeploy',
      operation: 'CreateDeployment',
      role: 'launch',
      target: 'web',
      where: { description: '*forward*' },
      effect: 'late' as const,
    };

    expect(textOf({ fault })).toBe(
      'the scenario: fault "late" begins: late codedeploy.CreateDeployment of launch for web with *forward*',
    );
    expect(hitWords(fault).text).toBe(
      'the scenario: fault "late" hits codedeploy.CreateDeployment',
    );
  });

  it('are none for a step that waits', () => {
    expect(stepWords({ minutes: 3 })).toBeUndefined();
  });

  it('name the release that a step is about, the first one if it names none', () => {
    expect(stepWords({ command: 'hold' })).toEqual({ text: 'a person: hold', release: 'first' });
    expect(stepWords({ stopRollback: 'second' })?.release).toBe('second');
  });
});
