/** The rule of a composite alarm, e.g. `ALARM("a") AND NOT (OK(b) OR FALSE)`. */
import type { StateValue } from '@aws-sdk/client-cloudwatch';

/** A rule that has been read. */
export interface Rule {
  /** Names of the alarms it asks. */
  readonly children: readonly string[];
  holds(stateOf: (alarm: string) => StateValue): boolean;
}

type Holds = Rule['holds'];

/** AWS's limit of alarms a rule may name. */
const MOST_CHILDREN = 100;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^()"]+?))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y;

type Token =
  | { readonly kind: 'asks'; readonly state: StateValue; readonly alarm: string }
  | { readonly kind: 'word'; readonly text: string };

/** Alarms are named by name or by ARN. */
const nameOf = (text: string) =>
  text.startsWith('arn:') ? text.slice(text.indexOf(':alarm:') + ':alarm:'.length) : text;

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(`unexpected text at "${text.slice(start).trim()}"`);
    const [, state, quoted, plain, word, bracket] = match;
    tokens.push(
      state
        ? { kind: 'asks', state: state as StateValue, alarm: nameOf(quoted ?? plain ?? '') }
        : { kind: 'word', text: word ?? bracket ?? '' },
    );
  }
  return tokens;
};

/** Reads a rule; NOT binds strongest, then AND, then OR. Throws SyntaxError that says what is wrong. */
export const parseRule = (text: string): Rule => {
  const tokens = tokensOf(text);
  let place = 0;

  const accept = (word: string): boolean => {
    const token = tokens[place];
    if (token?.kind !== 'word' || token.text !== word) return false;
    place += 1;
    return true;
  };

  const single = (): Holds => {
    if (accept('NOT')) {
      const inner = single();
      return (stateOf) => !inner(stateOf);
    }
    if (accept('TRUE')) return () => true;
    if (accept('FALSE')) return () => false;
    if (accept('(')) {
      const inner = either();
      if (!accept(')')) throw new SyntaxError('a bracket is not closed');
      return inner;
    }
    const token = tokens[place];
    if (token?.kind !== 'asks') {
      throw new SyntaxError(token ? `unexpected ${token.text}` : 'it ends too early');
    }
    place += 1;
    return (stateOf) => stateOf(token.alarm) === token.state;
  };

  const both = (): Holds => {
    const parts = [single()];
    while (accept('AND')) parts.push(single());
    return (stateOf) => parts.every((part) => part(stateOf));
  };

  const either = (): Holds => {
    const parts = [both()];
    while (accept('OR')) parts.push(both());
    return (stateOf) => parts.some((part) => part(stateOf));
  };

  const holds = either();
  if (place < tokens.length) throw new SyntaxError('AND or OR expected');
  const children = [
    ...new Set(tokens.flatMap((token) => (token.kind === 'asks' ? token.alarm : []))),
  ];
  if (children.length > MOST_CHILDREN) {
    throw new SyntaxError(`more than ${MOST_CHILDREN} alarms are named`);
  }
  return { children, holds };
};
