/** What a client of the SDK lets us see: its calls on their way. */
export interface Stack {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { step: 'deserialize'; name: string }): void;
  };
}

type Next = (call: any) => Promise<any>;

/**
 * The clock of an account. Records hold moments of the account, and how long ago or how soon they are is a question
 * of its clock: a sandbox's may run faster than ours. No operation tells the time; the date of every answer does.
 */
export const accountClock = () => {
  let date = Date.now();
  let seen = performance.now();

  const note =
    (next: Next): Next =>
    async (call) => {
      const result = await next(call);
      const told = Date.parse(result.response?.headers?.date ?? '');
      if (!Number.isNaN(told)) {
        date = told;
        seen = performance.now();
      }
      return result;
    };

  return {
    /** Milliseconds since 1970. */
    now: (): number => date + (performance.now() - seen),
    /** Sets the clock by every answer that a client gets. */
    keepBy: <Client extends Stack>(client: Client): Client => {
      client.middlewareStack.add(note, { step: 'deserialize', name: 'accountClock' });
      return client;
    },
  };
};
