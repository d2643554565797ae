/** The lock that whoever trains a run holds, in whichever tab. */
const lockOf = (runId: string): string => `kindling-run-${runId}`;

/** Another tab trains this run: two would overwrite each other's. */
export class RunElsewhere extends Error {
  override readonly name = "RunElsewhere";
}

/** One training a run. Where there are no locks (pages that are not https:) nobody is kept out. */
export async function exclusively<R>(runId: string, work: () => Promise<R>): Promise<R> {
  if (navigator.locks === undefined) return work();
  return navigator.locks.request(lockOf(runId), { ifAvailable: true }, (lock) => {
    if (lock === null) throw new RunElsewhere("this run is being trained in another tab");
    return work();
  }) as Promise<R>;
}

/** Whether anybody trains a run. */
export async function isTrained(runId: string): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name === lockOf(runId));
}
