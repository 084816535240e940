/** The part of JavaScript's WebAssembly API that is used here: Node has it, TypeScript declares it for browsers only. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  type Imports = Readonly<Record<string, Readonly<Record<string, (...args: never[]) => unknown>>>>;

  function compile(bytes: Uint8Array): Promise<Module>;

  const Module: { imports(module: Module): { readonly module: string; readonly name: string }[] };
  const Instance: new (module: Module, imports: Imports) => Instance;
}
