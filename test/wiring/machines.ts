import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The state machines as they are written, and every state in them. */

/** A state, a template or any other part of a definition. */
export type Json = any;

export type MachineName = 'release' | 'rollback';

/** One state with the states it lives among. */
export interface Place {
  readonly name: string;
  readonly state: Json;
  /** The machine, or the part of a Map that runs once an item. */
  readonly among: { readonly StartAt: string; readonly States: Readonly<Record<string, Json>> };
}

const folder = join(import.meta.dirname, '../../statemachines');

/** Text of a machine's definition. */
export const textOf = (machine: MachineName): string =>
  readFileSync(join(folder, `${machine}.asl.json`), 'utf8');

/** A machine's definition. */
export const definitionOf = (machine: MachineName): Json => JSON.parse(textOf(machine));

/** Every state of a definition, those inside Maps too. */
export const placesOf = (among: Json): readonly Place[] =>
  Object.entries<Json>(among.States).flatMap(([name, state]) => [
    { name, state, among },
    ...(state.ItemProcessor ? placesOf(state.ItemProcessor) : []),
  ]);

/** Key of the step that a state invokes, e.g. `TakeTurn`; for a Map: of the state it runs once an item. */
export const stepKeyOf = (state: Json): string | undefined => {
  if (state.ItemProcessor) {
    return stepKeyOf(state.ItemProcessor.States[state.ItemProcessor.StartAt]);
  }
  return /^\$\{(\w+)\}$/.exec(state.Arguments?.FunctionName ?? '')?.[1];
};

/** `take-turn` as a definition names it: `TakeTurn`. */
export const keyOfStep = (step: string): string =>
  step.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `TakeTurn` as files are named: `take-turn`. */
export const stepOfKey = (key: string): string =>
  key.replace(/[A-Z]/g, (letter, at: number) => `${at ? '-' : ''}${letter.toLowerCase()}`);
