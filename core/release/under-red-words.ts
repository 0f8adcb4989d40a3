/** That a person let a release start under red alarms, and why: `Released under red alarms api-errors: it fixes the 500s` */
export const underRedText = ({
  reason,
  alarms,
}: {
  readonly reason: string;
  readonly alarms: readonly string[];
}): string =>
  alarms.length === 0
    ? `Allowed under red alarms, none was red: ${reason}`
    : `Released under red alarms ${alarms.join(', ')}: ${reason}`;
