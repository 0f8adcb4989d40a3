/** Knows the two halves of a request's URL. */

/** The path, still percent-encoded. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

/** The query, decoded. */
export const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.slice(pathOf(url).length));
