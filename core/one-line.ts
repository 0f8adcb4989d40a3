/** Characters that end a line, steer a terminal, turn the direction of what follows, or are no wider than nothing. */
const CONTROLS = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of others as one line of bounded length: nothing in it can look like a line of ours, or fill a record. */
export const oneLine = (text: string, longest = Number.POSITIVE_INFINITY): string => {
  const line = text.replace(CONTROLS, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};
