/** States of alarms by their names, as CloudWatch gives them. */
export type AlarmStates = Readonly<Record<string, string>>;

/** Alarms in a few words: which are red, and how many are in another state. */
export const alarmsText = (states: AlarmStates): string => {
  const names = Object.keys(states);
  const red = names.filter((name) => states[name] === 'ALARM');
  const count = (state: string) => names.filter((name) => states[name] === state).length;
  const [well, unknown] = [count('OK'), count('INSUFFICIENT_DATA')];
  return [
    ...(red.length > 0 ? [`red: ${red.join(', ')}`] : []),
    ...(well > 0 ? [`${well} OK`] : []),
    ...(unknown > 0 ? [`${unknown} with too little data`] : []),
  ].join('; ');
};
