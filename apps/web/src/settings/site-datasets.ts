/** The data sets that the site carries: set by `site/` when it is built. */
declare const __SITE__: { readonly datasets: readonly string[] };

export const SITE_DATASETS: readonly string[] = __SITE__.datasets;
