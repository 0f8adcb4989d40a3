/** Knows how much of a refusal a person reads: what fits a screen, the first problems first. */
import { oneLine } from './one-line.ts';

/** Problems that are named at most, one a line. */
const MOST = 20;
/** Bytes of all of them; a reason, which is one line of a record, holds as much. */
const LARGEST = 1800;
/** Bytes of one: a value that somebody wrote may be of any length. */
const LONGEST = 1500;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A sentence on one line, of as many bytes at most. */
const cut = (text: string): string => {
  const line = oneLine(text, LONGEST);
  const bytes = bytesOf(line);
  return bytes <= LONGEST ? line : oneLine(line, Math.floor((line.length * LONGEST) / bytes) - 1);
};

/** The first of some problems, as many as fit a screen, and a last sentence that says how many more there are. */
export const fewOf = (problems: readonly string[], most = MOST): readonly string[] => {
  const few: string[] = [];
  let bytes = 0;
  for (const problem of problems) {
    const line = cut(problem);
    bytes += bytesOf(line) + 1;
    if (few.length === most || (few.length > 0 && bytes > LARGEST)) break;
    few.push(line);
  }
  const left = problems.length - few.length;
  return left === 0 ? few : [...few, `(${left} more problem${left === 1 ? '' : 's'})`];
};

/** Lines and characters of a screen at most. */
const LINES = 24;
const CHARACTERS = 3500;

/** The beginning of a text of any source, as much of it as fits a screen. */
export const screenful = (text: string): string => {
  const lines = text.split('\n');
  const shown = lines.slice(0, LINES).join('\n');
  if (lines.length <= LINES && shown.length <= CHARACTERS) return text;
  const beginning = shown.slice(0, CHARACTERS);
  return `${beginning}\n… (the first ${beginning.length} of ${text.length} characters)`;
};

/** How many problems a text of `fewOf` has left out: its last words say so. */
export const leftOut = (text: string): { readonly named: string; readonly left: number } => {
  const [end = '', count = 0] = /\s*\((\d+) more problems?\)\s*$/.exec(text) ?? [];
  return { named: text.slice(0, text.length - end.length), left: Number(count) };
};
