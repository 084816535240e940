/**
 * The end-to-end test of `espalier apply`: a small fleet of clusters without an agent, applied to a real API server.
 * Skipped with a notice where what it needs is missing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './cluster.ts';
import { checkChange, checkConflict, checkFirst, checkWays } from './direct-basics.ts';
import { checkDelete, checkLost } from './direct-endings.ts';
import { layDownDirectFleet } from './direct-fleet.ts';
import { checkDefinitions, checkPrune, checkSecret, checkTakingOver } from './direct-ownership.ts';
import type { Tools } from './direct-tools.ts';
import { openGate } from './gate.ts';
import { createReport, type Report } from './report.ts';
import { buildRig, findProgram, reserveRun, startRig, stopRig, type Rig } from './rig.ts';

const NEEDED = ['bash', 'git', 'go', 'curl', 'openssl', 'setsid'];

async function scenario(rig: Rig, report: Report, folder: string): Promise<void> {
  const fleet = await layDownDirectFleet(join(folder, 'fleet'), rig.kubeconfig);
  const gate = await openGate(join(folder, 'kubeconfig'));
  const tools: Tools = { fleet, cluster: connect(rig), report, gate };
  try {
    for (const check of [
      checkWays,
      checkFirst,
      checkChange,
      checkConflict,
      checkTakingOver,
      checkPrune,
      checkDefinitions,
      checkSecret,
      checkLost,
      checkDelete,
    ])
      await check(tools);
  } finally {
    gate.close();
  }
}

async function main(): Promise<void> {
  const found = await Promise.all(NEEDED.map(async (name) => ((await findProgram(name)) === undefined ? name : undefined)));
  const missing = process.platform === 'linux' ? found.filter((name) => name !== undefined) : ['Linux'];
  if (missing.length > 0) {
    console.log(`skipped: the end-to-end test of apply needs ${missing.join(', ')}`);
    return;
  }
  await buildRig(['k8s']);
  const report = createReport((line) => console.log(line));
  const folder = await mkdtemp(join(tmpdir(), 'espalier-direct-'));
  const run = await reserveRun();
  const interruption = new AbortController();
  const tearDown = async (): Promise<void> => {
    await stopRig(run);
    await rm(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruption.signal.aborted) return;
      interruption.abort();
      void tearDown().finally(() => process.exit(130));
    });
  }
  try {
    const rig = await startRig(run, interruption.signal, 'api');
    report.pass('API server up');
    await scenario(rig, report, folder);
  } catch (error) {
    if (!interruption.signal.aborted) report.fail('the run broke off', [error instanceof Error ? error.message : String(error)]);
  }
  if (interruption.signal.aborted) return;
  await tearDown();
  console.log(report.close());
  if (report.failed > 0) process.exitCode = 1;
}

await main();
