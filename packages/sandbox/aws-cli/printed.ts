/** Knows what the aws CLI prints of an answer. */

/** The part of an answer that a query names: members one below the other (JMESPath: `a.b`). */
const queried = (answer: any, query: string | undefined): unknown => {
  if (query === undefined) return answer;
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(query))
    throw new Error(`--query ${query}: only members one below the other are read here`);
  return query.split('.').reduce((value, member) => value?.[member], answer);
};

/** A value as `--output text` has it; Python's words for what is true, false or not there. */
const asText = (value: unknown): string => {
  if (value === undefined || value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return value.map(asText).join('\t');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return Object.values(value).map(asText).join('\t');
  return String(value);
};

/** What a command prints, without the line's end. */
export const printed = (
  answer: unknown,
  query: string | undefined,
  format: 'json' | 'text',
): string => {
  const found = queried(answer, query);
  if (format === 'text') return asText(found);
  return found === undefined ? '' : JSON.stringify(found, null, 4);
};
