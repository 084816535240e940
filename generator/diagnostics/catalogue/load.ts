export const loadCatalogue = {};
