import type { Diagnostic, Reach } from '../model/diagnostic.ts';

const LOOKS = / looks like ([^"]+)$/;

/** Leaves out what only repeats another finding: a credential is told where it was written, not once more where it was rendered. */
export function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const written = diagnostics.filter(({ code }) => code === 'literal-secret');
  if (written.length === 0) return diagnostics;
  return diagnostics.filter(({ code, message, reach }) => {
    const what = code === 'secret-data' ? LOOKS.exec(message)?.[1] : undefined;
    return what === undefined || !written.some((one) => LOOKS.exec(one.message)?.[1] === what && mayFeed(one.reach, reach));
  });
}

/** Whether what was written there may be rendered here. */
function mayFeed(source: Reach, rendered: Reach): boolean {
  if (source.kind !== 'context' || rendered.kind !== 'context') return true;
  const isSame = source.context.namespace === rendered.context.namespace && source.context.name === rendered.context.name;
  return isSame && (source.app === undefined || source.app === rendered.app);
}
