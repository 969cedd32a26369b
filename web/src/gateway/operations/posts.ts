export interface PageVariables extends Record<string, unknown> {
  first: number;
  after: string | null;
}
