/* The receipt page: shows the receipt and the change code that this browser holds for this voter, and helps to keep
 * them. Neither has been near the server. A browser that holds none leaves the page as it is. */

import { isStillHere } from "./here.js";
import { memoryOf } from "./memory.js";
import { canVoteHere, changeCode, receipt, votingKey } from "./voter.js";

const place = document.getElementById("receipt-codes");
if (place?.dataset.tag) await showKept(place);

async function showKept(place) {
  const note = document.getElementById("receipt-hidden");
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  if (note && !isStillHere(place.dataset.tag)) {
    note.hidden = false;
    document.getElementById("receipt-elsewhere")?.remove();
    return;
  }
  const memory = memoryOf(place.dataset);
  const own = memory.read();
  // Nothing was sent yet, or the answer was lost: the page says how to try again.
  if (!own || own.counter < 1 || !(await canVoteHere())) return;
  const title = own.counter > 1 ? place.dataset.changed : place.dataset.title;
  place.querySelector("[data-cast]").textContent = title;
  place.querySelector("[data-changed-note]").hidden = own.counter === 1;
  await show(place, own.seed, memory.drop);
  document.getElementById("receipt-elsewhere")?.remove();
  document.title = document.title.replace(place.dataset.elsewhere, title);
}

/** Fill in both codes and show them; forget: what "Forget them here" does. */
export async function show(place, seed, forget) {
  const { ballot } = place.dataset;
  const { key } = await votingKey(seed, ballot, "choice");
  fill(place, "receipt", await receipt(key));
  fill(place, "change-code", await changeCode(seed));
  place.hidden = false;
  on(place, "print", () => window.print());
  on(place, "save", () => save(place, ballot));
  on(place, "may-forget", () => askToForget(place, true));
  on(place, "keep", () => askToForget(place, false));
  on(place, "forget", () => {
    forget();
    fill(place, "receipt", "");
    fill(place, "change-code", "");
    for (const part of place.querySelectorAll("[data-codes]")) part.hidden = true;
    for (const note of place.querySelectorAll("[data-forgotten]")) note.hidden = false;
  });
}

/* One tap must not take away what nobody can give back. */
function askToForget(place, asked) {
  place.querySelector("[data-ask-forget]").hidden = asked;
  place.querySelector("[data-sure]").hidden = !asked;
  place.querySelector(asked ? "[data-sure] p" : "[data-may-forget]").focus();
}

function fill(place, name, code) {
  for (const element of place.querySelectorAll(`[data-${name}]`)) element.textContent = code;
}

function on(place, name, act) {
  for (const button of place.querySelectorAll(`[data-${name}]`)) {
    button.addEventListener("click", act);
  }
}

/* A plain text file of both codes, each with what it is for. */
function save(place, ballot) {
  const codes = [...place.querySelectorAll(".labs-receipt")].map((part) => part.innerText);
  const text = `${document.title}\n${location.origin}\n\n${codes.join("\n\n")}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = `vote-receipt-${ballot}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
