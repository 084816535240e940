export const composeCatalogue = {};
