/** `Date` for functions: the same class, except that its "now" is service time. */

/** Makes a `Date` whose current time is `now()`, in milliseconds since 1970. */
export const serviceDate = (now: () => number): DateConstructor =>
  new Proxy(Date, {
    construct: (target, parts, newTarget) =>
      Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
    apply: () => new Date(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
