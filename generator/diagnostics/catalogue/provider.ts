export const providerCatalogue = {};
