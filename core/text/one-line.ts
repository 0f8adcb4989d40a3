/** Characters that end a line, steer a terminal, or turn the direction of what follows. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Characters that nobody sees: the marks of a direction, and spaces without a width. Joiners stay, they are part of words and of emoji. */
const UNSEEN = /[\u061c\u200b\u200e\u200f\ufeff]/gu;

/** A character that leaves something on a screen: fillers and the blank of Braille are letters and symbols to Unicode. */
const SEEN = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether people see anything of a text. */
export const isSeen = (text: string): boolean => SEEN.test(text);

/** A text of others as one line of bounded length: nothing in it can look like a line of ours, or fill a record. */
export const oneLine = (text: string, longest = Number.POSITIVE_INFINITY): string => {
  const line = text.replace(UNSEEN, '').replace(CONTROLS, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};
