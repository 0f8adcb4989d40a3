/** Marks each fault in the text of a schema that was not followed (core/faults.ts). */
const FAULT = /\s*✖\s*/;

/** A text in which of the faults that a schema found only the first one is named; the others are counted. */
export const brief = (text: string): string => {
  const [head = '', first, ...more] = text.split(FAULT);
  if (first === undefined) return text;
  const fault = first.replace(/\s+/g, ' ').trim();
  return `${head ? `${head} ` : ''}${fault}${more.length > 0 ? `, and ${more.length} more` : ''}`;
};
