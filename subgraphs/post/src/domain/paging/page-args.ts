/** The arguments of every list. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
}
