/** Reads a metric math expression into a tree. */

/** A part of an expression. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** A metric or expression of the same request; an upper-case word, e.g. `REPEAT`, is one too until it is used. */
  | { readonly kind: 'id'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|(<=|>=|==|!=|&&|\|\||[-+*/^<>(),[\]]))/y;

/** Weakest first. Words and signs mean the same. */
const LEVELS: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError(`unexpected "${text.slice(start).trim()}"`);
    tokens.push(match[0].trim());
  }
  return tokens;
};

/** Parses an expression. Throws SyntaxError that says what is wrong. */
export const parseExpression = (text: string): Expression => {
  const tokens = tokensOf(text);
  let place = 0;

  const peek = () => tokens[place];
  const take = (wanted?: string): string => {
    const token = tokens[place];
    if (token === undefined) throw new SyntaxError(`${wanted ?? 'more'} expected at the end`);
    if (wanted !== undefined && token !== wanted) {
      throw new SyntaxError(`${wanted} expected, not ${token}`);
    }
    place += 1;
    return token;
  };

  const listUntil = (end: string): Expression[] => {
    const items: Expression[] = [];
    if (peek() !== end) {
      items.push(binary(0));
      while (peek() === ',') {
        take(',');
        items.push(binary(0));
      }
    }
    take(end);
    return items;
  };

  const primary = (): Expression => {
    const token = take();
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (token === '[') return { kind: 'list', items: listUntil(']') };
    if (token === '(') {
      const inner = binary(0);
      take(')');
      return inner;
    }
    if (!/^[A-Za-z]/.test(token)) throw new SyntaxError(`unexpected ${token}`);
    if (peek() !== '(') return { kind: 'id', name: token };
    take('(');
    return { kind: 'call', name: token.toUpperCase(), args: listUntil(')') };
  };

  const unary = (): Expression => {
    if (peek() === '-') {
      take('-');
      return { kind: 'negate', of: unary() };
    }
    const base = primary();
    if (peek() !== '^') return base;
    take('^');
    return { kind: 'operation', operator: '^', left: base, right: unary() };
  };

  const binary = (level: number): Expression => {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (let next = peek(); next !== undefined && operators.includes(next); next = peek()) {
      take();
      const operator = operators[0] === '||' ? '||' : operators[0] === '&&' ? '&&' : next;
      left = { kind: 'operation', operator, left, right: binary(level + 1) };
    }
    return left;
  };

  const expression = binary(0);
  const rest = peek();
  if (rest !== undefined) throw new SyntaxError(`unexpected ${rest}`);
  return expression;
};

/** The metrics and expressions that an expression reads. */
export const idsOf = (expression: Expression): string[] => {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'id':
      return /^[a-z]/.test(expression.name) ? [expression.name] : [];
    case 'list':
      return expression.items.flatMap(idsOf);
    case 'call':
      return expression.args.flatMap(idsOf);
    case 'negate':
      return idsOf(expression.of);
    case 'operation':
      return [...idsOf(expression.left), ...idsOf(expression.right)];
  }
};
