import { documentCatalogue } from './validate-documents.ts';
import { referenceCatalogue } from './validate-references.ts';
import { packageCatalogue } from './validate-templates.ts';

export const validateCatalogue = { ...documentCatalogue, ...referenceCatalogue, ...packageCatalogue };
