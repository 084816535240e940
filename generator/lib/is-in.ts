/** Whether a path lies at one of the paths, or in one of the folders, which end in `/`. */
export function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}
