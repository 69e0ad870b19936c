/* The receipt page: shows the receipt and the change code that this browser holds,
 * and helps to keep them. Neither has been near the server. */

import { forget, remembered } from "./memory.js";
import { canVoteHere, changeCode, receipt, votingKey } from "./voter.js";

const place = document.getElementById("receipt-codes");
if (place) await show(place);

async function show(place) {
  const { ballot } = place.dataset;
  const own = remembered(ballot);
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get("receipt");
  if (own && (await canVoteHere())) {
    const { key } = await votingKey(own.seed, ballot, "choice");
    fill(place, "receipt", await receipt(key));
    fill(place, "change-code", await changeCode(own.seed));
  } else if (/^[0-9A-Z-]{24}$/.test(fromAddress ?? "")) {
    fill(place, "receipt", fromAddress);
  } else {
    return;
  }
  place.hidden = false;
  on(place, "print", () => window.print());
  on(place, "save", () => save(place, ballot));
  on(place, "forget", () => {
    forget(ballot);
    for (const note of place.querySelectorAll("[data-forgotten]")) note.hidden = false;
  });
}

function fill(place, name, code) {
  for (const element of place.querySelectorAll(`[data-${name}]`)) element.textContent = code;
}

function on(place, name, act) {
  for (const button of place.querySelectorAll(`[data-${name}]`)) {
    button.addEventListener("click", act);
  }
}

/* A plain text file of what stands on the page. */
function save(place, ballot) {
  const text = `${document.title}\n${location.origin}\n\n${place.innerText}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `vote-receipt-${ballot}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
