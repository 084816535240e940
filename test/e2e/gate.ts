/** A gate before the API server that can be shut: connections are passed through, byte for byte, until it is. */
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { parse } from 'yaml';

export interface Gate {
  /** A kubeconfig that leads through the gate. */
  readonly kubeconfig: string;
  /** Shuts the gate and cuts every connection after so many packets of the client; opens it again after so many milliseconds, or never. */
  closeAfter(packets: number, shutFor?: number): void;
  close(): void;
}

interface Kubeconfig {
  readonly clusters: { name: string; cluster: { server: string } }[];
}

export async function openGate(kubeconfig: string): Promise<Gate> {
  const config = parse(await readFile(kubeconfig, 'utf8')) as Kubeconfig;
  const rig = config.clusters.find(({ name }) => name === 'rig');
  if (!rig) throw new Error('the kubeconfig has no cluster "rig"');
  const server = new URL(rig.cluster.server);
  const sockets = new Set<Socket>();
  let left = Infinity;
  let isShut = false;
  let shutFor: number | undefined;
  const shut = (): void => {
    isShut = true;
    for (const socket of sockets) socket.destroy();
    if (shutFor !== undefined) setTimeout(() => (isShut = false), shutFor);
    left = Infinity;
  };
  const gate = createServer((client) => {
    if (isShut) return void client.destroy();
    const upstream = connect(Number(server.port), server.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', () => {
      left -= 1;
      if (left <= 0) shut();
    });
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((ready) => gate.listen(0, '127.0.0.1', ready));
  const address = gate.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const path = `${kubeconfig}-gate`;
  rig.cluster.server = `https://127.0.0.1:${port}`;
  await writeFile(path, JSON.stringify(config));
  return {
    kubeconfig: path,
    closeAfter(packets, milliseconds) {
      [left, isShut, shutFor] = [packets, false, milliseconds];
    },
    close() {
      for (const socket of sockets) socket.destroy();
      gate.close();
    },
  };
}
