/** What help says of options and arguments that several verbs have. */

export const RELEASE = 'id of the release: the name of its execution';
export const NEWEST = `${RELEASE} (default: the newest)`;
export const NEWEST_OF = 'the newest release of this pair';
export const JSON_ONLY = 'prints one JSON document';
export const JSON_LINES = 'prints one JSON document a line';
export const WATCH = 'shows it until its end';
export const BY = 'who acts (default: the caller, by the name in its ARN)';
