/** Shows a release while it goes on: its ledger line by line, and below it the release as it stands. */

import { follower } from '../../core/facts/chain.ts';
import { ledgerOf } from '../../core/facts/ledger.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { clockText } from '../../core/text/durations.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import type { Stage } from '../stage/stage.ts';
import { drawn } from './live-release.ts';
import { sightings } from './live-targets.ts';
import { styled, type Terminal } from './terminal.ts';
import { labelled } from './wrap.ts';

/** Real milliseconds between two looks. */
const LOOK = 400;

/** A release that is being watched. */
export interface Watch {
  /** Prints a line at its place among the lines of the ledger: what is in the ledger by now stands above it. */
  say(text: string): Promise<void>;
  /** Shows what is left to show, and ends. */
  stop(): Promise<void>;
}

/** Begins to show a release; `below` gives further lines that are redrawn with it. */
export const watchRelease = (
  stage: Stage,
  release: string,
  terminal: Terminal,
  below: () => readonly string[] = () => [],
): Watch => {
  const { known, take } = follower();
  let stopped = false;

  const tell = async (record: ReleaseRecord) => {
    const started = toMilliseconds(record.times.started);
    if (record.facts?.count === known()) return;
    const lines = await stage.facts(record, known());
    for (const { at, what, isBad } of ledgerOf(take(record.facts, lines))) {
      const time = `  ${clockText(toMilliseconds(at) - started)}  `;
      for (const line of labelled(time, what, terminal.width)) {
        const text = line.slice(time.length);
        terminal.line(
          `${styled('gray', line.slice(0, time.length))}${isBad ? styled('yellow', text) : text}`,
        );
      }
    }
  };

  const look = async () => {
    const record = await stage.record(release);
    if (!record) return;
    await tell(record);
    if (!terminal.interactive) return;
    const seen = await sightings(stage, record);
    terminal.live([
      ...drawn(record, stage.sandbox.clock.now(), seen, terminal.width - 1),
      ...below(),
    ]);
  };

  const loop = (async () => {
    while (!stopped) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    await look();
    terminal.live([]);
  })();

  return {
    say: async (text) => {
      await look();
      for (const line of labelled('  ', text, terminal.width)) terminal.line(line);
    },
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
};
