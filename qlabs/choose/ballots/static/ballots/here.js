/* Whose page was opened last in this tab, so that going back does not show the next voter the codes of the one before.
 * What is kept is the tag of her page, which tells neither who nor what; going back and reloading change nothing. */

const NAME = "qlabs-voter-here";

/** Note the voter if she came here by a link or from another page; whether the tab is still hers. */
export function isStillHere(tag) {
  try {
    const [visit] = performance.getEntriesByType("navigation");
    if (visit?.type === "navigate") sessionStorage.setItem(NAME, tag);
    return [null, tag].includes(sessionStorage.getItem(NAME));
  } catch {
    return true; // a browser that keeps nothing
  }
}
