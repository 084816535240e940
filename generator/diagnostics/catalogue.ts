import { applyCatalogue } from './catalogue/apply.ts';
import { argocdCatalogue } from './catalogue/argocd.ts';
import { chartsCatalogue } from './catalogue/charts.ts';
import { cloudsCatalogue } from './catalogue/clouds.ts';
import { composeCatalogue } from './catalogue/compose.ts';
import { engineCatalogue } from './catalogue/engine.ts';
import { googleCatalogue } from './catalogue/google.ts';
import { handoverCatalogue } from './catalogue/handover.ts';
import { importCatalogue } from './catalogue/import.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { kustomizeCatalogue } from './catalogue/kustomize.ts';
import { loadCatalogue } from './catalogue/load.ts';
import { placeCatalogue } from './catalogue/place.ts';
import { planCatalogue } from './catalogue/plan.ts';
import { providerCatalogue } from './catalogue/provider.ts';
import { removalCatalogue } from './catalogue/removal.ts';
import { renderCatalogue } from './catalogue/render.ts';
import { scaffoldCatalogue } from './catalogue/scaffold.ts';
import { secretsCatalogue } from './catalogue/secrets.ts';
import { targetsCatalogue } from './catalogue/targets.ts';
import { templateCatalogue } from './catalogue/template.ts';
import { validateCatalogue } from './catalogue/validate.ts';
import { vendorCatalogue } from './catalogue/vendor.ts';

/** Every message that Espalier has for a user's mistake, by code. One page and one sample exist for each. */
export const catalogue = {
  ...engineCatalogue,
  ...inputCatalogue,
  ...loadCatalogue,
  ...validateCatalogue,
  ...chartsCatalogue,
  ...cloudsCatalogue,
  ...composeCatalogue,
  ...placeCatalogue,
  ...templateCatalogue,
  ...kustomizeCatalogue,
  ...renderCatalogue,
  ...providerCatalogue,
  ...argocdCatalogue,
  ...googleCatalogue,
  ...planCatalogue,
  ...targetsCatalogue,
  ...secretsCatalogue,
  ...removalCatalogue,
  ...scaffoldCatalogue,
  ...vendorCatalogue,
  ...importCatalogue,
  ...applyCatalogue,
  ...handoverCatalogue,
};

export type Code = keyof typeof catalogue;
