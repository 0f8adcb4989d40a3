/** Variables that a child process needs to run at all. */
const NEEDED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot'];

/** Names of ambient variables that could lead a client to a real account. */
const ambient = (): readonly string[] =>
  Object.keys(process.env).filter((name) => /^AWS_/.test(name));

/** Environment for what a rehearsal starts: nothing of the user's AWS settings gets through. */
export const laptopEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    NEEDED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );

/** Removes ambient AWS variables from this process; gives the names that were there, never their values. */
export const forgetAws = (): readonly string[] => {
  const names = ambient();
  for (const name of names) delete process.env[name];
  return names;
};

/** What people are told about it: where everything listens, and what of their shell is kept away. */
export const seclusion = (removed: readonly string[]): string => {
  const kept = `${removed.join(', ')} of your shell ${removed.length === 1 ? 'is' : 'are'} not passed on`;
  return `Nothing leaves this machine: everything listens on 127.0.0.1${removed.length > 0 ? `, and ${kept}` : ''}.`;
};
