/** Decides, before anything is created, what a stack consists of and in which order, and what stands in its way. */
import { acceptedTypes } from './accepted-types.ts';
import { creationOrder } from './order.ts';
import type { RegisteredProvider } from './providers.ts';
import { chosen, references } from './references.ts';
import type { Template, TemplateResource } from './template.ts';

/** One resource that will be created. */
export interface PlannedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Logical ids of the resources that must exist before it. */
  readonly needs: readonly string[];
}

/** What will be created, in order; what has no effect on a laptop; what cannot be deployed, one sentence each. */
export interface StackPlan {
  readonly resources: readonly PlannedResource[];
  readonly ignored: readonly string[];
  readonly problems: readonly string[];
}

type Condition = (name: string) => boolean;
type Providers = ReadonlyMap<string, RegisteredProvider>;

const isNoValue = (value: unknown) => JSON.stringify(value) === '{"Ref":"AWS::NoValue"}';

const problemsOf = (
  logicalId: string,
  resource: PlannedResource,
  providers: Providers,
): string[] => {
  const registered = providers.get(resource.type);
  const where = `${logicalId} (${resource.type})`;
  if (!registered) {
    if (Object.hasOwn(acceptedTypes, resource.type)) return [];
    return [
      `${where}: no service of the sandbox creates this type. Leave it out of the stack, give its service a provider ` +
        'in resources.ts, or list it in template/accepted-types.ts if it means nothing on a laptop.',
    ];
  }
  const { service, provider } = registered;
  return Object.keys(resource.properties)
    .filter((name) => !provider.properties.includes(name) && !provider.ignored?.includes(name))
    .map(
      (name) =>
        `${where}: property ${name} has no effect here, so the stack would not be what it says. Remove it, or let the ` +
        `provider of ${service} use it or name it as ignored.`,
    );
};

const ignoredOf = ({ type, properties }: PlannedResource, providers: Providers): string[] => {
  const provider = providers.get(type)?.provider;
  if (!provider) return [type];
  return Object.keys(properties)
    .filter((name) => provider.ignored?.includes(name))
    .map((name) => `${type}.${name}`);
};

const planned = (
  logicalId: string,
  { Type, Properties = {}, DependsOn = [] }: TemplateResource,
  included: ReadonlySet<string>,
  condition: Condition,
): PlannedResource => {
  const properties = Object.fromEntries(
    Object.entries(Properties)
      .map(([name, value]) => [name, chosen(value, condition)] as const)
      .filter(([, value]) => !isNoValue(value)),
  );
  const named = [...[DependsOn].flat(), ...references(properties, condition)];
  return {
    logicalId,
    type: Type,
    properties,
    needs: [...new Set(named)].filter((name) => included.has(name)),
  };
};

/** Plans a stack. Throws for a circular dependency. */
export const planStack = (
  template: Template,
  condition: Condition,
  providers: Providers,
): StackPlan => {
  const declared = Object.entries(template.Resources);
  const included = new Set(
    declared.flatMap(([logicalId, { Condition }]) =>
      !Condition || condition(Condition) ? [logicalId] : [],
    ),
  );
  const resources = new Map(
    declared
      .filter(([logicalId]) => included.has(logicalId))
      .map(([logicalId, resource]) => [
        logicalId,
        planned(logicalId, resource, included, condition),
      ]),
  );
  const unknown = declared.flatMap(([logicalId, { Type, DependsOn = [] }]) =>
    [DependsOn]
      .flat()
      .filter((name) => !Object.hasOwn(template.Resources, name))
      .map(
        (name) =>
          `${logicalId} (${Type}): DependsOn ${name}: no resource has that name. Correct it.`,
      ),
  );
  const order = creationOrder([...included], (logicalId) => resources.get(logicalId)?.needs ?? []);
  const inOrder = order.map((logicalId) => resources.get(logicalId) as PlannedResource);
  return {
    resources: inOrder,
    ignored: [...new Set(inOrder.flatMap((resource) => ignoredOf(resource, providers)))].sort(),
    problems: [
      ...unknown,
      ...inOrder.flatMap((resource) => problemsOf(resource.logicalId, resource, providers)),
    ],
  };
};
