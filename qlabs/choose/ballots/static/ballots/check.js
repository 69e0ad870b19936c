/* Compares the keys that the vote page hands out with the check code in the voter's email, and refuses any others.
 *
 * The code comes behind the # of her personal link, where no server sees it, or she types it. It is taken out of the
 * address at once and stays in this tab (it is the same for all voters, and so no secret): a reload, or coming back to
 * the page, compares again. */

import { checkCode, fingerprint } from "./keys.js";
import { normalCode } from "./voter.js";

const IN_LINK = /^#keys=([0-9A-Za-z-]{1,40})/; // what a sentence put behind the link does no harm;
const CODE = /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/;
let fromLink = null;

/** Compare now, and again when another link is opened in this page; `refuse` is told of keys that differ. */
export async function watchKeys(form, refuse) {
  addEventListener("hashchange", () => look(form, refuse));
  await look(form, refuse);
}

async function look(form, refuse) {
  readLink(form);
  const problem = await keysProblem(form);
  show("unknown", false);
  show("same", problem === null && fromLink !== null);
  show("ask", fromLink === null);
  if (problem === "other_keys") refuse(problem);
}

/** The name of a sentence if nothing may be sent, else null. */
export async function keysProblem(form) {
  const own = await computed(form);
  if (own !== form.dataset.checkCode || (fromLink !== null && fromLink !== own)) return "other_keys";
  const typed = normalCode(form.elements.email_code?.value ?? "");
  if (typed === "" || typed === own) return null;
  return CODE.test(typed) ? "other_code" : "check_code";
}

async function computed({ dataset }) {
  const others = JSON.parse(dataset.otherKeys);
  const whole = await fingerprint(dataset.ballot, JSON.parse(dataset.scopes), others);
  return whole && checkCode(whole);
}

function readLink({ dataset }) {
  const found = normalCode(IN_LINK.exec(location.hash)?.[1] ?? "");
  if (location.hash.startsWith("#keys=")) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  if (CODE.test(found)) fromLink = found;
  if (dataset.keep !== "no") keepInTab(`qlabs-keys-${dataset.tag}`);
}

function keepInTab(name) {
  try {
    if (fromLink !== null) sessionStorage.setItem(name, fromLink);
    fromLink = sessionStorage.getItem(name);
  } catch {
    // Blocked storage: it is known until the next reload.
  }
}

function show(name, visible) {
  for (const part of document.querySelectorAll(`[data-keys="${name}"]`)) part.hidden = !visible;
}
