export const renderCatalogue = {};
