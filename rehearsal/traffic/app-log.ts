/** The other end of the traffic: what applications themselves say of the requests that they answered. */

/** What an application says of one request. */
export interface Answer {
  readonly version: string;
  /** Missing where the application failed instead of answering, as a function that throws. */
  readonly status?: number;
}

/** Answers by the id of their request. */
export interface Answers {
  /** Takes a line that an application has written; one that is about no answer is left alone. */
  hear(line: string): void;
  /** What an application said of a request; undefined when none has said anything in time. */
  of(id: string): Promise<Answer | undefined>;
}

/** Real milliseconds in which an application's line must arrive once its answer has; on a busy machine it may be late. */
const PATIENCE = 5000;

/** Reads `{ "message": "answered" | "failed", "requestId", "version", "status"? }`, whatever stands before it in the line. */
const read = (line: string): (Answer & { readonly id: string }) | undefined => {
  if (!line.includes('"requestId"')) return undefined;
  try {
    const { message, requestId, version, status } = JSON.parse(line.slice(line.indexOf('{')));
    if (message === 'answered') return { id: requestId, version, status };
    return message === 'failed' ? { id: requestId, version } : undefined;
  } catch {
    return undefined;
  }
};

/** Collects what applications say, until somebody asks for it. */
export const collectAnswers = (patience = PATIENCE): Answers => {
  const said = new Map<string, Answer>();
  const asked = new Map<string, (answer: Answer) => void>();
  return {
    hear: (line) => {
      const { id, ...answer } = read(line) ?? {};
      if (id === undefined) return;
      const tell = asked.get(id);
      if (tell) tell(answer as Answer);
      else said.set(id, answer as Answer);
    },
    of: (id) => {
      const known = said.get(id);
      said.delete(id);
      if (known) return Promise.resolve(known);
      const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
      const timer = setTimeout(resolve, patience, undefined);
      asked.set(id, resolve);
      return promise.finally(() => {
        clearTimeout(timer);
        asked.delete(id);
      });
    },
  };
};
