const two = (count: number): string => String(count).padStart(2, '0');

const parts = (milliseconds: number) => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
};

/** A duration as a clock shows it: `08:12`, `1:08:12`, `2 d 01:08:12`. */
export const clockText = (milliseconds: number): string => {
  const { days, hours, minutes, seconds } = parts(milliseconds);
  const short = `${two(minutes)}:${two(seconds)}`;
  if (days > 0) return `${days} d ${two(hours)}:${short}`;
  return hours > 0 ? `${hours}:${short}` : short;
};

/** An age in its largest unit: `40 s`, `12 min`, `3 h`, `5 d`. */
export const ageText = (milliseconds: number): string => {
  const { days, hours, minutes, seconds } = parts(milliseconds);
  if (days > 0) return `${days} d`;
  if (hours > 0) return `${hours} h`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
};

/** Time of day of a moment in milliseconds since 1970, as records write it: in UTC. */
export const timeText = (moment: number): string =>
  `${new Date(moment).toISOString().slice(11, 19)} UTC`;
