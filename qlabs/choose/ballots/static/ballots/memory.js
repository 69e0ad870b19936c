/* What this browser remembers of one ballot: the seed, and how often it was sent.
 * Never the choice: the next person at this computer could read it. */

import { bytesToHex, hexToBytes } from "./voter.js";

const name = (ballot) => `qlabs-ballot-${ballot}`;

/** {seed, counter, reasonSent}, or null if nothing (or nothing whole) is kept. */
export function remembered(ballot) {
  try {
    const kept = JSON.parse(localStorage.getItem(name(ballot)));
    const seed = hexToBytes(kept.seed);
    if (seed.length !== 16 || !Number.isSafeInteger(kept.counter)) return null;
    return { seed, counter: kept.counter, reasonSent: kept.reasonSent === true };
  } catch {
    return null; // blocked storage, no entry, or one that somebody else wrote
  }
}

export function remember(ballot, { seed, counter, reasonSent }) {
  const kept = { seed: bytesToHex(seed), counter, reasonSent };
  localStorage.setItem(name(ballot), JSON.stringify(kept));
}

export function forget(ballot) {
  localStorage.removeItem(name(ballot));
}

/** Some browsers have storage and refuse to write to it. */
export function canRemember() {
  try {
    localStorage.setItem("qlabs-probe", "1");
    localStorage.removeItem("qlabs-probe");
    return true;
  } catch {
    return false;
  }
}
