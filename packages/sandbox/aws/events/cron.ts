/** EventBridge's cron: minutes, hours, day of month, month, day of week, year; times are UTC. */

type Test = (value: number) => boolean;
type DayTest = (date: Date) => boolean;

interface Field {
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const FIELDS = {
  minute: { first: 0, last: 59 },
  hour: { first: 0, last: 23 },
  dayOfMonth: { first: 1, last: 31 },
  month: { first: 1, last: 12, names: MONTHS },
  /** 1 is Sunday. */
  dayOfWeek: { first: 1, last: 7, names: WEEKDAYS },
  year: { first: 1970, last: 2199 },
} satisfies Record<string, Field>;

const DAY = 86_400_000;

const numberOf = (text: string, { first, last, names = [] }: Field): number | undefined => {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return first + named;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= first && value <= last ? value : undefined;
};

/** `*`, `5`, `1-5`, `0/15`, `1-30/2`. */
const part = (text: string, field: Field): Test | undefined => {
  const [range = '', stepText] = text.split('/');
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!Number.isInteger(step) || step < 1) return undefined;
  const [from = '', to] = range === '*' ? [] : range.split('-');
  const first = range === '*' ? field.first : numberOf(from, field);
  const open = range === '*' || stepText !== undefined;
  const last = to === undefined ? (open ? field.last : first) : numberOf(to, field);
  if (first === undefined || last === undefined) return undefined;
  const wraps = last < first;
  const length = field.last - field.first + 1;
  return (value) => {
    const inside = wraps ? value >= first || value <= last : value >= first && value <= last;
    const distance = value >= first ? value - first : value - first + length;
    return inside && distance % step === 0;
  };
};

const listOf = (text: string, field: Field): Test | undefined => {
  const tests = text.split(',').map((item) => part(item, field));
  if (tests.includes(undefined)) return undefined;
  return (value) => tests.some((test) => test?.(value));
};

const lastDay = (date: Date) =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** The weekday nearest to a day of the month, never in another month. */
const nearestWeekday = (date: Date, wanted: number): number => {
  const day = Math.min(wanted, lastDay(date));
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === lastDay(date) ? day - 2 : day + 1;
  return day;
};

const dayOfMonth = (text: string): DayTest | undefined => {
  if (text === '?') return () => true;
  if (text === 'L') return (date) => date.getUTCDate() === lastDay(date);
  const [, near] = /^(\d+)W$/.exec(text) ?? [];
  if (near) return (date) => date.getUTCDate() === nearestWeekday(date, Number(near));
  const test = listOf(text, FIELDS.dayOfMonth);
  return test && ((date) => test(date.getUTCDate()));
};

const dayOfWeek = (text: string): DayTest | undefined => {
  if (text === '?') return () => true;
  const [, last] = /^(\w+?)L$/.exec(text) ?? (text === 'L' ? ['', '7'] : []);
  const [, nthDay, nth] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  const wanted = numberOf(last ?? nthDay ?? '', FIELDS.dayOfWeek);
  if (wanted !== undefined) {
    return (date) =>
      date.getUTCDay() + 1 === wanted &&
      (last
        ? text === 'L' || date.getUTCDate() + 7 > lastDay(date)
        : Math.ceil(date.getUTCDate() / 7) === Number(nth));
  }
  const test = listOf(text, FIELDS.dayOfWeek);
  return test && ((date) => test(date.getUTCDay() + 1));
};

/** Reads the six fields; `undefined` if they are not valid. One of the two day fields must be `?`. */
export const parseCron = (text: string): ((after: number) => number | undefined) | undefined => {
  const parts = text.trim().split(/\s+/);
  const [minutes = '', hours = '', monthDays = '', months = '', weekDays = '', years = ''] = parts;
  if (parts.length !== 6 || (monthDays === '?') === (weekDays === '?')) return undefined;
  const minute = listOf(minutes, FIELDS.minute);
  const hour = listOf(hours, FIELDS.hour);
  const month = listOf(months, FIELDS.month);
  const year = listOf(years, FIELDS.year);
  const monthDay = dayOfMonth(monthDays);
  const weekDay = dayOfWeek(weekDays);
  if (!minute || !hour || !month || !year || !monthDay || !weekDay) return undefined;

  const fits = (date: Date) =>
    year(date.getUTCFullYear()) && month(date.getUTCMonth() + 1) && monthDay(date) && weekDay(date);

  /** Minutes since midnight of every firing on a day that fits. */
  const times = Array.from({ length: 1440 }, (_, index) => index).filter(
    (index) => hour(Math.floor(index / 60)) && minute(index % 60),
  );

  return (after) => {
    const end = Date.UTC(FIELDS.year.last + 1, 0, 1);
    for (let day = Math.floor(after / DAY) * DAY; day < end; day += DAY) {
      if (!fits(new Date(day))) continue;
      const time = times.find((index) => day + index * 60_000 > after);
      if (time !== undefined) return day + time * 60_000;
    }
    return undefined;
  };
};
