/** Finds the names that a template value refers to, without resolving it. */
import { intrinsicCall } from './intrinsics.ts';
import { placeholders } from './substitution.ts';

/** The branch of `Fn::If` that counts; any other value is itself. */
export const chosen = (value: unknown, condition: (name: string) => boolean): unknown => {
  const call = intrinsicCall(value);
  if (call?.name !== 'Fn::If' || !Array.isArray(call.argument)) return value;
  const [name, yes, no] = call.argument;
  return chosen(condition(String(name)) ? yes : no, condition);
};

const inSub = (argument: unknown, condition: (name: string) => boolean): string[] => {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const names = placeholders(String(template))
    .filter((name) => !Object.hasOwn(variables, name))
    .map((name) => name.split('.')[0] as string);
  return [...names, ...references(variables, condition)];
};

/** The logical ids and parameters that a value refers to; of an `Fn::If` only the branch that counts. */
export const references = (value: unknown, condition: (name: string) => boolean): string[] => {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item) => references(item, condition));
  const call = intrinsicCall(value);
  if (!call) return Object.values(value).flatMap((item) => references(item, condition));
  switch (call.name) {
    case 'Ref':
      return [String(call.argument)];
    case 'Fn::GetAtt':
      return [
        String(
          Array.isArray(call.argument) ? call.argument[0] : String(call.argument).split('.')[0],
        ),
      ];
    case 'Fn::Sub':
      return inSub(call.argument, condition);
    case 'Fn::If':
      return references(chosen(value, condition), condition);
    default:
      return references(call.argument, condition);
  }
};
