export const validateCatalogue = {};
