/** The placeholders of `Fn::Sub`: `${Name}`, `${Name.Attribute}`, and `${!Literal}` which stays as `${Literal}`. */

const PLACEHOLDER = /\$\{(!?)([^}]*)\}/g;

/** Puts values in the place of placeholders. */
export const substitute = (template: string, replacement: (name: string) => string): string =>
  template.replace(PLACEHOLDER, (_, escaped: string, name: string) =>
    escaped ? `\${${name}}` : replacement(name.trim()),
  );

/** The names that a template's placeholders stand for. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].flatMap(([, escaped, name]) =>
    escaped || !name ? [] : [name.trim()],
  );
