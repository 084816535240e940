/** Colours for a terminal, or none. Handed in, so that reports stay pure. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;

const same = (text: string): string => text;

/** No colours. */
export const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
