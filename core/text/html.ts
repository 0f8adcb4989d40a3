/** A piece of HTML in which every text of others is escaped. */
export interface Html {
  readonly html: string;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Part = string | number | undefined | Html | readonly Html[];

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (sign) => ESCAPED[sign]!);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(written).join('');
};

/** Template tag: texts are escaped, pieces of HTML are not, and nothing is written for undefined. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: String.raw({ raw: fixed.raw }, ...parts.map(written)),
});
