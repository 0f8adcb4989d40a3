/** Knows what Step Functions refuses in a JSONata expression that JSONata itself would take. */

/** A node of JSONata's syntax tree; its published type lacks many members. */
type Node = Readonly<Record<string, any>>;

/** Members of `$states` that an expression may read; which ones depends on the field. */
export type StatesMember = 'input' | 'context' | 'result' | 'errorOutput';

/** Parts of a node that JSONata evaluates in the context of the node's own value. */
const own = ['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete'] as const;
/** Parts that it evaluates in the context around the node. */
const around = [
  'lhs',
  'rhs',
  'expressions',
  'arguments',
  'procedure',
  'body',
  'condition',
  'then',
  'else',
  'expression',
  'expr',
] as const;

const inputNodes: Readonly<Record<string, string>> = {
  wildcard: '*',
  descendant: '**',
  parent: '%',
};

const topLevel = (what: string): string =>
  `${what} at the top level of an expression: it reads the input document, which Step Functions does not give; use $states.input`;

/** Sentences about everything in an expression that AWS refuses. */
export const refusals = (tree: unknown, members: readonly StatesMember[]): string[] => {
  const found = new Set<string>();

  const ofStates = (steps: readonly Node[]) => {
    const [first, second] = steps;
    if (first?.type !== 'variable' || first.value !== 'states') return;
    const member = second?.type === 'name' ? second.value : undefined;
    if (member !== undefined && !members.includes(member)) {
      const allowed = members.map((name) => `$states.${name}`).join(', ');
      found.add(`$states.${member} is not available here, only ${allowed}`);
    }
  };

  const self = (node: Node, inside: boolean) => {
    const { type, value } = node;
    if (type === 'variable' && value === '$') found.add(topLevel('$$ is not allowed'));
    if (type === 'variable' && value === '' && !inside) found.add(topLevel('$ is not allowed'));
    if (type === 'name' && !inside) found.add(topLevel(`the bare name "${value}" is not allowed`));
    if (type in inputNodes && !inside) found.add(topLevel(`${inputNodes[type]} is not allowed`));
    if (type === 'bind' && node.lhs?.value === 'states') found.add('$states cannot be assigned');
    if (type === 'function' && node.procedure?.value === 'eval') {
      found.add('$eval is not supported, use $parse for JSON texts');
    }
  };

  const visit = (part: unknown, inside: boolean): void => {
    if (Array.isArray(part)) {
      for (const each of part) visit(each, inside);
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    const node = part as Node;
    if (node.type === 'path') {
      ofStates(node.steps);
      node.steps.forEach((step: Node, index: number) => void visit(step, inside || index > 0));
    } else {
      self(node, inside);
    }
    for (const key of own) visit(node[key], true);
    for (const key of around) visit(node[key], inside);
  };

  visit(tree, false);
  return [...found];
};
