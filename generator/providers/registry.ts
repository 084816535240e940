import type { Providers } from '../model/provider.ts';
import { argocd } from './argocd/argocd.ts';
import { azureArc } from './azureArc/azure-arc.ts';
import { fluxv2 } from './fluxv2/fluxv2.ts';
import { googleAnthos } from './googleAnthos/google-anthos.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';

/** All providers, by `gitOpsType`; one that is missing does not compile. */
export const providers: Providers = { argocd, azureArc, fluxv2, googleAnthos, kubernetes };
