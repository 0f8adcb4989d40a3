/** A process that plays the seeds that its parent sends, and ends with it. */
import { playerHere } from './play-seed.ts';

const player = playerHere();

// Ctrl-C reaches every process of a terminal: the parent decides which seeds are still played.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', async (seed: number) => {
  process.send?.(await player.play(seed));
});
