/** Choices that repeat with their seed. */
import { seededRandom } from 'tandem-sandbox';

/** A source of choices. */
export interface Draw {
  /** Whether something happens that does so with this probability. */
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number;
  /** One of several. */
  among<T>(choices: readonly T[]): T;
}

/** Makes the choices of a seed. */
export const drawOf = (seed: number): Draw => {
  const random = seededRandom(seed);
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    chance: (probability) => random() < probability,
    whole,
    among: (choices) => choices[whole(0, choices.length - 1)]!,
  };
};
