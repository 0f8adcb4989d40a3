import { leftOut } from './few.ts';

/** Marks each fault in the text of a schema that was not followed (core/text/faults.ts). */
const FAULT = /\s*✖\s*/;

/** A text in which of the faults that a schema found only the first one is named; the others are counted. */
export const brief = (text: string): string => {
  const { named, left } = leftOut(text);
  const [head = '', first, ...more] = named.split(FAULT);
  if (first === undefined) return text;
  const fault = first.replace(/\s+/g, ' ').trim();
  const others = more.length + left;
  return `${head ? `${head} ` : ''}${fault}${others > 0 ? `, and ${others} more` : ''}`;
};
