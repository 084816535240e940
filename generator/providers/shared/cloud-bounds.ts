import { sortKeys } from '../../lib/canonical-json.ts';
import type { TenantNamespace } from '../../lib/cloud-namespaces.ts';
import { compareText } from '../../lib/order.ts';
import type { Isolation, Limits, Opening } from '../../model/api.generated.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';

/** What a namespace's pods take together, what each of them takes, and whom they reach. */
export function boundsOf({ name, quota, limits, isolation }: TenantNamespace, all: readonly TenantNamespace[]): readonly KubeObject[] {
  const metadata = { name, namespace: name };
  const policy =
    isolation &&
    policyOf(
      isolation,
      all.map((one) => one.name),
    );
  return [
    ...(quota ? [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: sortKeys(quantities(quota)) } }] : []),
    ...(limits ? [{ apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: limitItems(limits) } }] : []),
    ...(policy ? [{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: policy }] : []),
  ];
}

type Amounts = Readonly<Record<string, string | number>>;

/** Quantities are strings to the API server, whatever the intent wrote. */
function quantities(amounts: Amounts): JsonObject {
  return Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [resource, String(amount)]));
}

function limitItems({ container, pod, persistentVolumeClaim }: Limits): readonly JsonObject[] {
  const items = [
    ['Container', container],
    ['Pod', pod],
    ['PersistentVolumeClaim', persistentVolumeClaim],
  ] as const;
  return items.flatMap(([type, given]) =>
    given
      ? [
          {
            type,
            ...Object.fromEntries(
              (Object.entries(given) as readonly (readonly [string, Amounts])[]).map(([bound, amounts]) => [
                bound,
                sortKeys(quantities(amounts)),
              ]),
            ),
          },
        ]
      : [],
  );
}

/** Denied is what no rule allows. A direction that is open is not named at all. */
function policyOf({ ingress, egress }: Isolation, own: readonly string[]): JsonObject | undefined {
  const isClosed = (opening: Opening | undefined): boolean => opening?.anywhere !== true;
  const policyTypes = [...(isClosed(ingress) ? ['Ingress'] : []), ...(isClosed(egress) ? ['Egress'] : [])];
  if (policyTypes.length === 0) return undefined;
  return {
    podSelector: {},
    policyTypes,
    ...(isClosed(ingress) && { ingress: [{ from: peers(ingress, own) }] }),
    ...(isClosed(egress) && { egress: [{ to: peers(egress, own) }, DNS] }),
  };
}

/** Namespaces are found by the label that the API server itself sets: nobody can give it to another one. */
function peers(opening: Opening | undefined, own: readonly string[]): readonly JsonObject[] {
  const namespaces: readonly string[] = opening?.namespaces ?? [];
  const blocks: readonly string[] = opening?.blocks ?? [];
  return [
    { namespaceSelector: named([...own, ...namespaces]) },
    ...[...new Set(blocks)].sort(compareText).map((cidr) => ({ ipBlock: { cidr } })),
  ];
}

function named(namespaces: readonly string[]): JsonObject {
  const values = [...new Set(namespaces)].sort(compareText);
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] };
}

/** Without names nothing is found, the cloud's own Services included. */
const DNS: JsonObject = {
  ports: [
    { port: 53, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
  to: [{ namespaceSelector: named(['kube-system']) }],
};
