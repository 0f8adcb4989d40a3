/** Gives a template's parameters their values, including those that are read from the Parameter Store. */
import type { Template, TemplateParameter } from './template.ts';

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.+)>$/;

const isList = (type: string) => type.startsWith('List<') || type === 'CommaDelimitedList';

const problem = (
  name: string,
  { AllowedValues, AllowedPattern }: TemplateParameter,
  value: string,
) => {
  if (AllowedValues && !AllowedValues.map(String).includes(value)) {
    return `Parameters.${name}: "${value}" is none of the allowed values ${AllowedValues.join(', ')}`;
  }
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return `Parameters.${name}: "${value}" does not match ${AllowedPattern}`;
  }
  return undefined;
};

/** Resolves parameters to strings or lists of strings. `stored` reads the Parameter Store. */
export const parameterValues = async (
  template: Template,
  given: Readonly<Record<string, string>>,
  stored: (name: string) => Promise<string>,
): Promise<ReadonlyMap<string, unknown>> => {
  const declared = template.Parameters ?? {};
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name))
      throw new Error(`Parameters.${name}: the template does not declare it`);
  }
  const values = new Map<string, unknown>();
  for (const [name, parameter] of Object.entries(declared)) {
    const value = given[name] ?? parameter.Default;
    if (value === undefined)
      throw new Error(`Parameters.${name}: it has no default, so give it a value`);
    const refused = problem(name, parameter, String(value));
    if (refused) throw new Error(refused);
    const inStore = SSM_VALUE.exec(parameter.Type)?.[1];
    const final = inStore ? await stored(String(value)) : String(value);
    values.set(
      name,
      isList(inStore ?? parameter.Type) ? final.split(',').map((item) => item.trim()) : final,
    );
  }
  return values;
};
