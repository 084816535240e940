import { describe, expect, test } from 'vitest';
import { layout, type LayoutRequest } from '../../generator/08-layout/layout.ts';
import { ownerOf } from '../../generator/08-layout/owner-of.ts';
import { createService } from '../../generator/08-layout/provider-clusters.ts';
import { createNoMemory } from '../../generator/lib/memo.ts';
import { secretIn } from '../../generator/lib/secret-shapes.ts';
import { objectKey } from '../../generator/lib/reference-object.ts';
import { parseYaml } from '../../generator/lib/yaml/parse.ts';
import { instanceKey } from '../../generator/model/context.ts';
import { type GeneratedFile, MARKERS } from '../../generator/model/file.ts';
import type { KnownCloud } from '../../generator/model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../../generator/model/json.ts';
import type { ProviderType } from '../../generator/model/provider.ts';
import type { RepoPath } from '../../generator/model/source.ts';
import { providers } from '../../generator/providers/registry.ts';
import { configMap, deploymentObject, makeLayoutRequest, makeSync } from '../support/fleet.ts';
import { makeApp, makeCloud, makeCluster, makeDeployment } from '../support/intents.ts';
import { type ProviderCase, providerCases, syncCases } from './provider-cases.ts';

const APPS = ['cache', 'web'] as const;

interface Asked {
  readonly reference: ProviderCase['reference'];
  readonly cloud: KnownCloud;
}

/** Two clusters of the provider, one cloud, two apps, the second after the first. */
function request(
  type: ProviderType,
  apps: readonly string[] = APPS,
  { reference = providerCases[type].reference, cloud = makeCloud() }: Partial<Asked> = {},
): LayoutRequest {
  const { gitOps } = providerCases[type];
  const names = { gitOpsReferenceObject: 'reference', gitOpsResourceObject: 'resource' };
  const clusters = ['edge1', 'edge2'].map((name) =>
    makeCluster(`provider1+${name}`, gitOps ? { gitOps: { ...gitOps, ...names } } : { kubeconfigObject: 'reference' }),
  );
  const deployment = makeDeployment(
    apps.map((name, index) => makeApp({ name, ...(index > 0 && { dependsOn: [{ app: apps[0] ?? '' }] }) })),
  );
  const objects = apps.map((name) => [configMap(name), deploymentObject(name)]);
  const base = makeSync('provider1', {}, 'reference');
  const through = { ...base, value: { ...base.value, spec: { provider: 'provider1', ...reference } } };
  return makeLayoutRequest([{ cloud, deployment, clusters, objects }], {
    sync: [through, makeSync('provider1', {}, 'resource')],
  });
}

function laid(asked: LayoutRequest): readonly GeneratedFile[] {
  const { value, diagnostics } = layout(asked);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value;
}

function texts(files: readonly GeneratedFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, content }) => [path, content]));
}

function objectsOf(text: string): readonly JsonObject[] {
  const { documents, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  return documents.map(({ value }) => value).filter(isJsonObject);
}

describe.each(Object.values(providers))('provider $type', ({ type, lasting }) => {
  const files = laid(request(type));

  test('gives the same bytes again, in whatever order things come', () => {
    const asked = request(type);
    const turned = {
      ...asked,
      instances: asked.instances.toReversed(),
      intents: { ...asked.intents, clusters: asked.intents.clusters.toReversed(), syncObjects: asked.intents.syncObjects.toReversed() },
    };
    expect(texts(laid(turned))).toEqual(texts(files));
  });

  test('writes nothing whose owner cannot be told from its path, so that removal leaves nothing behind', () => {
    const wrong = files.filter(({ path, owner }) => {
      const isLasting = lasting.some((kept) => path.endsWith(`/${kept}`));
      return !isLasting && JSON.stringify(ownerOf(path, providers)) !== JSON.stringify(owner);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('can be told by its files, which no other agent has', () => {
    const { signs, roots } = providers[type];
    const others = Object.values(providers).filter((other) => other.type !== type);
    expect(signs.filter((sign) => !roots.includes(sign))).toEqual([]);
    expect(
      others.filter((other) => other.roots.some((root) => signs.some((sign) => sign.startsWith(root)))).map((one) => one.type),
    ).toEqual([]);
    if (roots.length > 0) expect(signs.some((sign) => files.some(({ path }) => path.includes(`/${sign}`)))).toBe(true);
  });

  test('has a form of each reference that leaves the objects, told from the text alone, and keeps it', () => {
    const provider = providers[type];
    const below = ({ path }: GeneratedFile) => path.split('/').slice(2).join('/');
    const references = files.filter((file) => file.path.endsWith('.yaml') && provider.ownerOf(below(file)));
    const released = references
      .flatMap(({ content }) => objectsOf(content))
      .map((object) => provider.release(object))
      .filter((object) => object !== undefined);
    // At least one on each of two clusters.
    expect(released.length).toBeGreaterThanOrEqual(references.length === 0 ? 0 : 2);
    for (const object of released) {
      expect(provider.leavesObjects(object)).toBe(true);
      expect(provider.release(object)).toBe(object);
    }
    for (const object of references.flatMap(({ content }) => objectsOf(content)).filter((one) => provider.release(one) !== undefined))
      expect(provider.leavesObjects(object)).toBe(false);
  });

  test('marks what it writes, unless the file cannot have a first line of ours', () => {
    const ours = files.filter(({ path }) => !path.includes('/flux-system/gotk-'));
    const isMarked = (text: string) => MARKERS.some((marker) => text.startsWith(`${marker}\n`));
    expect(ours.filter(({ content }) => !isMarked(content)).map(({ path }) => path)).toEqual([]);
  });

  test('writes sound YAML and JSON', () => {
    for (const { path, content } of files) {
      if (/\.ya?ml$/.test(path)) objectsOf(content);
      if (path.endsWith('.json')) expect(isJsonObject(JSON.parse(content) as Json)).toBe(true);
    }
  });

  test('writes no credential', () => {
    for (const { path, content } of files) {
      expect(secretIn(content), path).toBeUndefined();
      if (!/\.ya?ml$/.test(path)) continue;
      const secrets = objectsOf(content).filter(({ kind, data, stringData }) => kind === 'Secret' && (data ?? stringData) !== undefined);
      expect(secrets, path).toEqual([]);
    }
  });

  test('touches nothing of the others when an instance comes', () => {
    const fewer = texts(laid(request(type, [APPS[0]])));
    const more = texts(files);
    const ofTheOthers = [...fewer].filter(([path]) => !path.startsWith('clusters/decisions/'));
    expect(ofTheOthers.filter(([path, content]) => more.get(path) !== content).map(([path]) => path)).toEqual([]);
  });

  test('leaves no trace of an instance that is not written', () => {
    const asked = request(type);
    const gone = asked.instances.find(({ instance }) => instance.app === 'web' && instance.cluster === 'provider1+edge1');
    if (!gone) throw new Error('no such instance');
    const gates = new Map([...asked.gates, [instanceKey(gone.instance), { do: 'keep', reasons: [] }] as const]);
    const name = `${gone.instance.context}-web`;
    const left = laid({ ...asked, gates }).filter(({ path }) => path.startsWith('clusters/provider1+edge1/'));
    expect(
      left.filter(({ path, content }) => path.includes('/app/web/') || `${path}\n${content}`.includes(name)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('writes no object twice, and leaves nothing behind, where a cloud keeps its references', () => {
    const cloud = makeCloud({ references: 'tenant', namespaces: [{ name: 'retail' }, { name: 'jobs' }] });
    const asked = request(type, APPS, { cloud });
    const own = laid(asked);
    const isWrong = ({ path, owner }: GeneratedFile): boolean =>
      !lasting.some((kept) => path.endsWith(`/${kept}`)) && JSON.stringify(ownerOf(path, providers)) !== JSON.stringify(owner);
    expect(own.filter(isWrong).map(({ path }) => path)).toEqual([]);
    const isObjects = ({ path }: GeneratedFile): boolean =>
      path.startsWith('clusters/provider1+edge1/') && !/kustomization\.yaml$/.test(path);
    const objects = own.filter((file) => file.path.endsWith('.yaml') && isObjects(file)).flatMap(({ content }) => objectsOf(content));
    const keys = objects.map((object) => objectKey(object)).filter((key) => key !== undefined);
    expect(keys.filter((key, index) => keys.indexOf(key) < index)).toEqual([]);
    expect(keys.filter((key) => key.includes('"Namespace"'))).toHaveLength(2);
    const gates = new Map(asked.instances.map(({ instance }) => [instanceKey(instance), { do: 'keep', reasons: [] } as const]));
    expect(laid({ ...asked, gates }).filter(({ path }) => path.includes(cloud.context.id))).toEqual([]);
  });

  test('tells the first steps: commands without credentials, of files that it writes', () => {
    const served = createService(createNoMemory())(request(type)).values();
    const written = new Set(files.map(({ path }) => path));
    for (const { at } of served) {
      const steps = providers[type].bootstrapSteps(at);
      expect(steps.length).toBeGreaterThan(0);
      for (const { title, command = [], reads, note = '' } of steps) {
        expect(secretIn([title, note, ...command].join('\n'))).toBeUndefined();
        expect(reads.filter((path) => !written.has(`clusters/${at.cluster.id}/${path}` as RepoPath))).toEqual([]);
      }
    }
  });

  test.runIf(providerCases[type].gitOps)('refuses a sync object of a type that it makes nothing of', () => {
    const unfit = syncCases.filter((one) => !providers[type].referenceSync.includes(one.type));
    for (const reference of unfit) {
      const { diagnostics } = layout(request(type, APPS, { reference }));
      expect(diagnostics.map(({ code }) => code)).toContain('unfit-sync-object');
    }
  });
});
