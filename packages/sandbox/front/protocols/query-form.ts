/** Knows how the query protocol spreads a structure over form fields: `Listeners.member.1.Port=80`. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { scalarTexts } from './scalar-text.ts';

interface Node {
  text?: string;
  readonly children: Map<string, Node>;
}

const readText = scalarTexts({
  timestampFormat: { useTrait: true, default: 5 },
  jsonName: false,
});

const tree = (form: URLSearchParams): Node => {
  const root: Node = { children: new Map() };
  for (const [key, text] of form) {
    let node = root;
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.text = text;
  }
  return root;
};

const wireName = (shape: NormalizedSchema, otherwise: string): string =>
  shape.getMergedTraits().xmlName ?? otherwise;

/** Entries of a list or map, by their number; a flattened one has no element between. */
const entries = (shape: NormalizedSchema, node: Node, element: string): Node[] => {
  const container = shape.getMergedTraits().xmlFlattened ? node : node.children.get(element);
  return [...(container?.children ?? [])]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, entry]) => entry);
};

const list = (shape: NormalizedSchema, node: Node): unknown[] => {
  const value = shape.getValueSchema();
  return entries(shape, node, wireName(value, 'member')).map((item) => read(value, item));
};

const map = (shape: NormalizedSchema, node: Node): Record<string, unknown> => {
  const [key, value] = [shape.getKeySchema(), shape.getValueSchema()];
  const pairs = entries(shape, node, 'entry').map(({ children }) => [
    children.get(wireName(key, 'key'))?.text,
    read(value, children.get(wireName(value, 'value')) ?? { children: new Map() }),
  ]);
  return Object.fromEntries(pairs);
};

const struct = (shape: NormalizedSchema, node: Node): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const [name, member] of shape.structIterator()) {
    const child = node.children.get(wireName(member, name));
    if (child) result[name] = read(member, child);
  }
  return result;
};

const read = (shape: NormalizedSchema, node: Node): unknown => {
  if (shape.isListSchema()) return list(shape, node);
  if (shape.isMapSchema()) return map(shape, node);
  if (shape.isStructSchema()) return struct(shape, node);
  return node.text === undefined ? undefined : readText(shape, node.text);
};

/** Reads a structure from a form. */
export const fromForm = (shape: NormalizedSchema, form: URLSearchParams): unknown =>
  shape.isUnitSchema() ? {} : read(shape, tree(form));
