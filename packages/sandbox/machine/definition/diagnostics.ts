/** Knows how a definition is found wanting: as ValidateStateMachineDefinition tells it. */

/** One thing that is wrong; `location` is a path such as `/States/Launch/Next`. */
export interface Diagnostic {
  readonly severity: 'ERROR';
  readonly code:
    | 'INVALID_JSON_DESCRIPTION'
    | 'SCHEMA_VALIDATION_FAILED'
    | 'MISSING_TRANSITION_TARGET';
  readonly message: string;
  readonly location?: string;
}

/** Collects what is wrong while a definition is read. */
export interface Findings {
  readonly all: readonly Diagnostic[];
  add(location: string, message: string, code?: Diagnostic['code']): void;
}

/** Opens an empty collection. */
export const findings = (): Findings => {
  const all: Diagnostic[] = [];
  return {
    all,
    add: (location, message, code = 'SCHEMA_VALIDATION_FAILED') =>
      void all.push({ severity: 'ERROR', code, message, location }),
  };
};

/** All findings in one text, as InvalidDefinition has them. */
export const listed = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(({ code, message, location }) => `${code}: ${message}${location ? ` at ${location}` : ''}`)
    .join(', ');
