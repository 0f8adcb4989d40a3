/** What tasks of a service run on, as an index names it. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}
