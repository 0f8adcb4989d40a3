/** Reads how much processor time this process and the processes that it started have used. */
import { readFileSync } from 'node:fs';

/** Milliseconds of a clock tick in /proc: Linux shows 100 a second to every program (man 5 proc, USER_HZ). */
const TICK = 10;

/** Milliseconds used by a process and by those of its children that have ended (man 5 proc, fields 14 to 17 of stat). */
const usedBy = (pid: number | 'self'): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets, and may itself hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK;
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const usedByChild = (pid: number): number => {
  try {
    return usedBy(pid);
  } catch {
    // It has ended meanwhile, and is counted with this process from now on.
    return 0;
  }
};

/**
 * Milliseconds of processor time used so far by this process with all of its threads, and by its children. Where
 * the system has no /proc, children are left out.
 */
export const ownProcessorTime = (): number => {
  try {
    return [...childrenOf(process.pid)].reduce(
      (sum, child) => sum + usedByChild(child),
      usedBy('self'),
    );
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
};
