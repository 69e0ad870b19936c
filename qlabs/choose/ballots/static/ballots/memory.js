/* What this browser remembers of one voter's vote: the seed, and how often it was sent.
 *
 * Never the choice: the next person at this computer could read it. The name is the tag that the server gives to this
 * voter and this vote, so that nobody else is ever offered it; ui/tidy.js takes it away when the vote is over. At a
 * voting station (data-keep="no") nothing outlives the page.
 */

import { bytesToHex, hexToBytes } from "./voter.js";

const name = (tag) => `qlabs-kept-${tag}`;

/** {read, write, drop} of one voter's memory; facts: {tag, ballot, endsIn: seconds, endedUrl, keep}, as the page says. */
export function memoryOf(facts) {
  return facts.keep === "no" ? inThePage() : inTheBrowser(facts);
}

function inThePage() {
  let own = null;
  return {
    read: () => own,
    write: (kept) => {
      own = { ...kept };
    },
    drop: () => {
      own = null;
    },
  };
}

function inTheBrowser({ tag, ballot, endsIn, endedUrl }) {
  return {
    read: () => read(tag),
    write: ({ seed, counter }) => {
      const until = Date.now() + 1000 * Number(endsIn);
      const kept = { seed: bytesToHex(seed), counter, about: ballot, until, ask: endedUrl };
      localStorage.setItem(name(tag), JSON.stringify(kept));
    },
    drop: () => localStorage.removeItem(name(tag)),
  };
}

/* {seed, counter}, or null if nothing (or nothing whole) is kept. */
function read(tag) {
  try {
    const kept = JSON.parse(localStorage.getItem(name(tag)));
    const seed = hexToBytes(kept.seed);
    if (seed.length !== 16 || !Number.isSafeInteger(kept.counter)) return null;
    return { seed, counter: kept.counter };
  } catch {
    return null; // blocked storage, no entry, or one that somebody else wrote
  }
}

/** Some browsers have storage and refuse to write to it; a station needs none. */
export function canRemember({ keep }) {
  if (keep === "no") return true;
  try {
    localStorage.setItem("qlabs-probe", "1");
    localStorage.removeItem("qlabs-probe");
    return true;
  } catch {
    return false;
  }
}
