import type { AllocationSites, SiteFrame } from '../../graph/heap-graph.ts';
import type { CodeTable } from './code-table.ts';
import type { DumpSurvey } from './dump-survey.ts';

/** Stands for the site of an object whose allocation was not traced. */
export const NO_SITE = 0xffffffff;

/** Where objects were allocated; `siteOf` is by node, and empty where nothing was traced. */
export function allocationSites(survey: DumpSurvey, siteOf: Uint32Array, code: CodeTable): AllocationSites {
  const { sites, frames } = survey;
  const framesBySite = new Map<number, readonly SiteFrame[]>();
  return {
    traced: survey.head.tracing?.on === true,
    siteCount: sites.length,
    siteOf: (node) => (siteOf.length === 0 || siteOf[node] === NO_SITE ? -1 : siteOf[node]),
    frames(site) {
      let known = framesBySite.get(site);
      if (known === undefined) {
        known = (sites[site] ?? []).map((frame) => {
          const [file, line] = frames[frame];
          return { function: code.functionAt(file, line), file, line };
        });
        framesBySite.set(site, known);
      }
      return known;
    },
  };
}
