import { toMilliseconds } from '../core/moments.ts';
import { PHASES } from '../core/phase.ts';
import type { ReleaseRecord, TargetRecord } from '../core/record.ts';
import type { Stage } from './stage.ts';
import { styled, type Terminal } from './terminal.ts';

/** Cells of a lane's bar. */
const BAR = 24;

/** Real milliseconds between two looks. */
const LOOK = 400;

/** Release time as minutes and seconds: `04:30`. */
export const clockText = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
};

const lane = ({ name, from, to, lane: { share, status } }: TargetRecord): string => {
  const green = Math.round((share / 100) * BAR);
  const bar = `${styled('green', '█'.repeat(green))}${styled('blue', '░'.repeat(BAR - green))}`;
  const revisions = to ? `${from?.name} → ${to.name}` : '';
  return `  ${name.padEnd(5)} ${bar} ${`${Math.round(share)} %`.padStart(5)}  ${revisions.padEnd(38)} ${status}`;
};

const isGood = (text: string) =>
  !/Goes back|way back|Failed|RolledBack|Rejected|Aborted|NeedsAttention/.test(text);

/** Shows a release while it goes on: its ledger line by line, and two lanes that move. */
export const watchRelease = (stage: Stage, release: string, terminal: Terminal) => {
  let printed = 0;
  let stopped = false;

  const show = (record: ReleaseRecord) => {
    const started = toMilliseconds(record.times.started);
    for (const { at, what } of record.ledger.slice(printed)) {
      const time = styled('gray', clockText((toMilliseconds(at) - started) / 1000));
      terminal.line(`  ${time}  ${isGood(what) ? what : styled('yellow', what)}`);
    }
    printed = record.ledger.length;
    const elapsed = clockText((stage.sandbox.clock.now() - started) / 1000);
    terminal.live([
      `  ${styled('bold', record.phase)} ${styled('gray', `${elapsed}  ${PHASES[record.phase]}`)}`,
      ...Object.values(record.targets).map(lane),
    ]);
  };

  const look = async () => {
    const record = await stage.record(release);
    if (record) show(record);
  };

  const loop = (async () => {
    while (!stopped) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    await look();
    terminal.live([]);
  })();

  return async () => {
    stopped = true;
    await loop;
  };
};
