import { describe, expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { declaredDemand, demandOf } from './demand.ts';

type Asked = Readonly<Record<string, string | number>>;

function container(requests: Asked, more: Readonly<Record<string, Json>> = {}): Json {
  return { name: 'c', image: 'c', resources: { requests }, ...more };
}

function workload(kind: string, spec: Readonly<Record<string, Json>>, apiVersion = 'apps/v1'): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a' }, spec };
}

const template = (...containers: readonly Json[]): Json => ({ spec: { containers } });
const one = template(container({ cpu: '100m', memory: '64Mi' }));

describe('demandOf() counts', () => {
  test.each<[string, KubeObject[], Asked, Asked]>([
    ['replicas of a Deployment', [workload('Deployment', { replicas: 3, template: one })], { cpu: '300m', memory: '192Mi' }, {}],
    ['one replica where none is said', [workload('StatefulSet', { template: one })], { cpu: '100m', memory: '64Mi' }, {}],
    ['nothing for no replica', [workload('Deployment', { replicas: 0, template: one })], {}, {}],
    ['a DaemonSet per node', [workload('DaemonSet', { template: one })], {}, { cpu: '100m', memory: '64Mi' }],
    [
      'pods of a Job that run at once',
      [workload('Job', { parallelism: 2, template: one }, 'batch/v1')],
      { cpu: '200m', memory: '128Mi' },
      {},
    ],
    [
      'a run of a CronJob',
      [workload('CronJob', { jobTemplate: { spec: { template: one } } }, 'batch/v1')],
      { cpu: '100m', memory: '64Mi' },
      {},
    ],
    ['a bare Pod', [workload('Pod', { containers: [container({ cpu: 1 })] }, 'v1')], { cpu: '1' }, {}],
    [
      'nothing for other kinds',
      [workload('Service', { replicas: 3, template: one }, 'v1'), workload('Deployment', { template: one }, 'x.io/v1')],
      {},
      {},
    ],
    [
      'several objects together',
      [
        workload('Deployment', { template: one }),
        workload('ReplicaSet', { replicas: 2, template: template(container({ cpu: 0.5, 'nvidia.com/gpu': 1 })) }),
      ],
      { cpu: '1100m', memory: '64Mi', 'nvidia.com/gpu': '2' },
      {},
    ],
  ])('%s', (_, objects, total, perNode) => {
    expect(demandOf(objects)).toEqual({ total, perNode });
  });
});

describe('a pod requests', () => {
  const cpuOf = (spec: Json): string | undefined => demandOf([workload('Deployment', { template: { spec } })]).total['cpu'];
  const sidecar = container({ cpu: '50m' }, { restartPolicy: 'Always' });

  test.each<[string, Json, string | undefined]>([
    ['what its containers request', { containers: [container({ cpu: '100m' }), container({ cpu: '20m' })] }, '120m'],
    ['an init container, if that is more', { containers: [container({ cpu: '100m' })], initContainers: [container({ cpu: '2' })] }, '2'],
    ['its containers, if that is more', { containers: [container({ cpu: '100m' })], initContainers: [container({ cpu: '20m' })] }, '100m'],
    ['its sidecars with its containers', { containers: [container({ cpu: '100m' })], initContainers: [sidecar] }, '150m'],
    [
      'a sidecar with what starts after it',
      { containers: [container({ cpu: '10m' })], initContainers: [sidecar, container({ cpu: '1' })] },
      '1050m',
    ],
    [
      'no sidecar with what starts before it',
      { containers: [container({ cpu: '10m' })], initContainers: [container({ cpu: '1' }), sidecar] },
      '1',
    ],
    ['its overhead', { containers: [container({ cpu: '10m' })], overhead: { cpu: '5m' } }, '15m'],
    ['its limits where it requests nothing', { containers: [{ resources: { limits: { cpu: '3' } } }] }, '3'],
    ['its requests, not its limits', { containers: [{ resources: { limits: { cpu: '3' }, requests: { cpu: '1' } } }] }, '1'],
    ['nothing that nobody can read', { containers: [container({ cpu: 'much' })] }, undefined],
  ])('%s', (_, spec, cpu) => {
    expect(cpuOf(spec)).toBe(cpu);
  });
});

test('declaredDemand() writes each quantity in one way, sorted', () => {
  expect(declaredDemand({ memory: '1024Mi', cpu: 0.5 }).total).toEqual({ cpu: '500m', memory: '1Gi' });
});
