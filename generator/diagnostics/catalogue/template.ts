export const templateCatalogue = {};
