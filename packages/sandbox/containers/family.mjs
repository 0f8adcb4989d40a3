// All processes of a container, also those that have left its process group. Plain JavaScript: containers load it too.
import { readdirSync, readFileSync } from 'node:fs';

/** Rounds in which processes that start others meanwhile are looked for. */
const ROUNDS = 20;

const kill = (pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
};

const hasIn = (pid, mark) => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
  } catch {
    // It has ended, or is somebody else's.
    return false;
  }
};

/** Ids of the other processes that have `mark` in their environment; none where the system has no /proc. */
const marked = (mark) => {
  let names = [];
  try {
    names = readdirSync('/proc');
  } catch {
    // Not Linux: a process that has left its group is not found.
  }
  return names
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && hasIn(name, mark))
    .map(Number);
};

/** Ends the process groups of `leaders`, and every process that has `mark` in its environment. */
export const killFamily = (leaders, mark) => {
  for (const leader of leaders) kill(-leader);
  for (let round = 0; round < ROUNDS; round += 1) {
    const pids = marked(mark);
    if (pids.length === 0) return;
    pids.forEach(kill);
  }
};
