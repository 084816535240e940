export interface EmcoFlags {
  /** Files as emcoctl takes them. */
  readonly files: readonly string[];
  /** Their values, if they are templates. */
  readonly values: string | undefined;
  /** Where the files lie that documents name; without it, beside the document. */
  readonly folder: string | undefined;
  readonly chartRepository: string | undefined;
  readonly helm: string;
  /** Whether apps that are charts are carried over. */
  readonly charts: boolean;
}
