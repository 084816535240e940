export const inputCatalogue = {};
