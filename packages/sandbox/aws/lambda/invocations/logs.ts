/** The last lines that functions wrote. */
import type { Cloud } from '../../../cloud.ts';

/** Lines that are kept of each function. */
const KEPT = 2000;

/** Log lines by function. */
export interface Logs {
  add(functionName: string, line: string): void;
  of(functionName: string): readonly string[];
}

/** Makes an empty log, which tells every line on. */
export const boundedLogs = ({ logged }: Pick<Cloud, 'logged'>): Logs => {
  const byFunction = new Map<string, string[]>();
  return {
    add: (functionName, line) => {
      const lines = byFunction.get(functionName) ?? [];
      byFunction.set(functionName, lines);
      lines.push(line);
      logged(line);
      if (lines.length >= 2 * KEPT) lines.splice(0, lines.length - KEPT);
    },
    of: (functionName) => (byFunction.get(functionName) ?? []).slice(-KEPT),
  };
};
