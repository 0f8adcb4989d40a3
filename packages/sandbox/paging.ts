/** Cuts lists into the pages that AWS's tokens lead through; a token is how far the last page went. */
import { AwsError } from './aws-error.ts';

/** How a service pages: the names of the members, and its limits. */
export interface Paging {
  /** Member of the input that says how many entries are wanted; a list without one has pages of a fixed size. */
  readonly size?: string;
  /** Member of the input that holds the token. */
  readonly token: string;
  /** Member of the answer that holds the next token, where it is not called as that of the input. */
  readonly next?: string;
  /** Entries of a page if nobody says how many. */
  readonly usual: number;
  /** What may be asked for; least is 1 and most the usual size if they are not said. */
  readonly least?: number;
  readonly most?: number;
  /** Entries of a page at most, where more may be asked for than are given. */
  readonly longest?: number;
  /** Names of the errors for a size out of range and for a token that was never given. */
  readonly errors: { readonly size?: string; readonly token: string };
}

/** One page, and the answer's member for the next token if there is a next page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: Readonly<Record<string, string>>;
}

/** Where a page begins, and how many entries are wanted. */
export interface Window {
  readonly start: number;
  readonly size: number;
}

const tokenOf = (offset: number): string => Buffer.from(`after:${offset}`).toString('base64');

const offsetOf = (token: string): number | undefined => {
  const offset = /^after:([1-9]\d*)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  return offset === undefined || tokenOf(Number(offset)) !== token ? undefined : Number(offset);
};

const outOfRange = (member: string, size: unknown, bound: string): string =>
  `1 validation error detected: Value '${size}' at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must have value ${bound}`;

/** Reads what an input says about pages. Throws the service's error for a size or a token that it does not take. */
export const windowOf = (paging: Paging, input: object): Window => {
  const given = input as Readonly<Record<string, unknown>>;
  const { size: member, usual, least = 1, most = usual, longest = most, errors } = paging;
  const wanted = (member && given[member]) ?? undefined;
  if (member && wanted !== undefined) {
    const refuse = (bound: string) =>
      new AwsError(errors.size ?? 'ValidationException', outOfRange(member, wanted, bound));
    if (!Number.isInteger(wanted) || Number(wanted) < least) {
      throw refuse(`greater than or equal to ${least}`);
    }
    if (Number(wanted) > most) throw refuse(`less than or equal to ${most}`);
  }
  const token = given[paging.token] ?? undefined;
  const start = token === undefined ? 0 : offsetOf(String(token));
  if (start === undefined) {
    throw new AwsError(errors.token, `The ${paging.token} '${token}' is not valid.`);
  }
  return { start, size: Math.min(Number(wanted ?? 0) || usual, longest) };
};

/** The answer's member for what comes after the first `end` of `length` entries. */
export const nextOf = (
  { token, next = token }: Paging,
  end: number,
  length: number,
): Readonly<Record<string, string>> => (end < length ? { [next]: tokenOf(end) } : {});

/** The page of `items` that an input asks for. */
export const page = <T>(paging: Paging, items: readonly T[], input: object): Page<T> => {
  const { start, size } = windowOf(paging, input);
  const end = start + size;
  return { items: items.slice(start, end), next: nextOf(paging, end, items.length) };
};
