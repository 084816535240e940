export const placeCatalogue = {};
