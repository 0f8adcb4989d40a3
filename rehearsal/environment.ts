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
