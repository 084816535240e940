interface Step {
  readonly node: string;
  readonly rest: Iterator<string>;
}

/**
 * Circles of a graph, each as a path that ends where it begins; of circles that share a node, one. Nodes and edges are visited in the order
 * given. It keeps its own stack, because a chain of thousands would exhaust that of the machine.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const visited = new Set<string>();
  const depths = new Map<string, number>();
  const reported = new Set<string>();
  const cycles: string[][] = [];
  const stack: Step[] = [];
  const enter = (node: string): void => {
    visited.add(node);
    depths.set(node, stack.length);
    stack.push({ node, rest: (edges.get(node) ?? []).values() });
  };
  for (const start of edges.keys()) {
    if (!visited.has(start)) enter(start);
    for (let step = stack.at(-1); step; step = stack.at(-1)) {
      const next = step.rest.next();
      if (next.done) {
        depths.delete(step.node);
        stack.pop();
        continue;
      }
      const depth = depths.get(next.value);
      if (depth === undefined) {
        if (!visited.has(next.value)) enter(next.value);
      } else if (!reported.has(step.node) && !reported.has(next.value)) {
        const cycle = stack.slice(depth).map(({ node }) => node);
        if (!cycle.some((node) => reported.has(node))) cycles.push([...cycle, next.value]);
        for (const node of cycle) reported.add(node);
      }
    }
  }
  return cycles;
}
