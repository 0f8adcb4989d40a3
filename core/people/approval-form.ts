import * as z from 'zod/mini';
import { filled } from '../text/filled.ts';
import { oneLine } from '../text/one-line.ts';

/** What the form of the approval page sends. */
const Form = z.object({
  decision: z.enum(['APPROVE', 'REJECT']),
  by: filled(100),
  comment: z.string().check(z.maxLength(1024)),
});

/** What a person said on the page. Whoever holds a link may type any name, so the name says that it came by link. */
export type FormAnswer = z.infer<typeof Form> & { readonly nonce: string };

/** Reads a urlencoded body; it has its nonce even where the rest is of no use. */
export const readForm = (
  body: string,
): FormAnswer | { readonly nonce: string; readonly problem: string } => {
  const fields = new URLSearchParams(body);
  const field = (name: string) => fields.get(name) ?? '';
  const nonce = field('nonce');
  const read = Form.safeParse({
    decision: field('decision'),
    by: oneLine(field('by')),
    comment: oneLine(field('comment')),
  });
  if (read.success) return { ...read.data, by: `link: ${read.data.by}`, nonce };
  return {
    nonce,
    problem: 'Not accepted: enter your name (at most 100 characters) and press a button.',
  };
};
