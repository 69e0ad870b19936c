/* The vote page: keeps the choice apart from the name before anything is sent.
 *
 * Without this script (or in a browser that cannot do it) the form posts plainly,
 * and the server does the voter's part in memory; the page says so there.
 */

import { castVote } from "./casting.js";
import { keysProblem, watchKeys } from "./check.js";
import { clearErrors, made, showError } from "./errors.js";
import { isStillHere } from "./here.js";
import { canRemember, memoryOf } from "./memory.js";
import { show } from "./receipt.js";
import { VoterError, canVoteHere, changeCode, newSeed, seedOf } from "./voter.js";

const ENGLISH = {
  problem: "There is a problem",
  error: "Error:",
  sending: "Sending your vote. This takes a few seconds.",
  choose: "Select one option, or select “None of these”",
  code: "Check your change code: it has 28 letters and numbers, and one of them is wrong",
  other_key:
    "You started voting on another device or browser, or this browser has forgotten it. Vote where you started, or enter your change code. If you did not keep it, the vote you cast stays",
  other_keys:
    "The keys on this page are not the ones in your email. Do not vote here. Write to the lab team and tell them what you see",
  other_code:
    "This is not the check code of the keys on this page. Compare each letter and number with your email. If they do differ, do not vote here: write to the lab team",
  check_code: "Check the code: it has 16 letters and numbers",
  key_of_another:
    "This browser holds the voting key of somebody else, so nothing was sent and no vote was changed. Reload this page and vote again; if you entered a change code, check that it is yours",
  closed: "The vote has closed. Your last vote sent before then counts",
  refused: "Your vote was not accepted. Reload this page and vote again",
  signed_out: "You are no longer signed in. Sign in again, then vote again",
  busy: "We could not take your vote just now. Nothing is lost: send your vote again in a minute",
  network:
    "Your vote may not have arrived. Check your connection and send your vote again: it counts once, however often you send it",
};

const form = document.getElementById("vote-form");
const memory = memoryOf(form?.dataset ?? {});
const kept = memory.read();
if (kept) memory.write(kept); // until the vote ends as this page says: it may have been extended since
if (form && form.dataset.keep !== "no") isStillHere(form.dataset.tag);
if (form && canRemember(form.dataset) && (await canVoteHere())) takeOver(form);

function takeOver(form) {
  let busy = false;
  form.dataset.script = "on";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await submit(form);
    busy = false;
  });
  watchKeys(form, (problem) => refuseKeys(form, problem));
}

/* Nothing can be chosen on a page whose keys are not the ones that were fixed. */
function refuseKeys(form, problem) {
  form.dataset.refused = "";
  for (const step of form.querySelectorAll("[data-step]")) step.hidden = true;
  clearErrors();
  showError(form, words(form), problem, fieldOf(form, problem));
}

async function submit(form) {
  clearErrors();
  const problem = await keysProblem(form);
  if (problem) return showError(form, words(form), problem, fieldOf(form, problem));
  const picked = form.querySelector('[name="choice"]:checked');
  if (!picked) return showError(form, words(form), "choose", form.querySelector('[name="choice"]'));
  say(form, words(form).sending);
  try {
    await cast(form, picked.value);
    await leave(form);
  } catch (error) {
    if (!(error instanceof VoterError)) throw error;
    await tellUnsent(form);
    showError(form, words(form), error.message, fieldOf(form, error.message));
  } finally {
    say(form, "");
  }
}

/* To the receipt page; at a station, where no page after this one could know her codes, they are shown here. */
async function leave(form) {
  form.reset();
  if (form.dataset.keep !== "no") return location.assign(form.dataset.doneUrl);
  const place = document.getElementById("receipt-codes");
  await show(place, memory.read().seed, memory.drop);
  memory.drop();
  document.querySelector("[data-unsent]").hidden = true;
  document.querySelector("[data-vote]").remove();
  const button = document.querySelector("[data-leave]");
  button.textContent = button.dataset.leave;
  button.classList.remove("nhsuk-button--secondary");
  document.title = document.title.replace(/^.*? – /, `${place.querySelector("h1").textContent} – `);
  place.querySelector("[data-cast-heading]").focus();
}

/* Once her key is signed nobody can vote in her place, and a station forgets it with the page. */
async function tellUnsent(form) {
  const own = form.dataset.keep === "no" && memory.read();
  const place = document.querySelector("[data-unsent]");
  if (!own || !place) return;
  place.querySelector("[data-unsent-code]").textContent = await changeCode(own.seed);
  place.hidden = false;
}

async function cast(form, choice) {
  const { ballot, scopes } = form.dataset;
  const before = memory.read();
  const own = await ownSeed(form, before);
  if (!own.typed) memory.write(own); // before anything is sent
  const vote = { ballot, scopes: JSON.parse(scopes), seed: own.seed, choice };
  vote.counter = own.counter + 1;
  vote.reason = form.elements.reason?.value ?? ""; // an empty one takes back what was sent before
  try {
    const { counter } = await castVote(vote, questions(form));
    memory.write({ seed: own.seed, counter });
  } catch (error) {
    // Another key was signed for her: the one made a moment ago is of no use.
    if (error.message === "other_key" && !before && !own.typed) memory.drop();
    if (error.message === "key_of_another" && !own.typed) memory.drop();
    throw error;
  }
}

async function ownSeed(form, before) {
  const code = form.elements.code?.value.trim();
  if (code) return { seed: await seedOf(code), counter: 0, typed: true };
  return before ?? { seed: newSeed(), counter: 0 };
}

/* The two addresses. Signing is asked by name; the box must not learn who casts:
 * no cookies, no referrer. */
function questions(form) {
  const token = form.elements.csrfmiddlewaretoken?.value ?? "";
  const json = { "Content-Type": "application/json" };
  const named = { credentials: "same-origin", headers: { ...json, "X-CSRFToken": token } };
  const unnamed = { credentials: "omit", referrerPolicy: "no-referrer", headers: json };
  return {
    sign: (body) => post(form.dataset.signUrl, body, named),
    box: (body) => post(form.dataset.boxUrl, body, unnamed),
  };
}

async function post(url, body, how) {
  try {
    const request = { ...how, method: "POST", redirect: "manual", body: JSON.stringify(body) };
    const answer = await fetch(url, request);
    // The sign-in page instead of an answer.
    if (answer.type === "opaqueredirect") return { status: 401, body: null };
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : null };
  } catch {
    throw new VoterError("network"); // no connection, or an answer cut short
  }
}

/* Words on the page -------------------------------------------------------- */

function words(form) {
  return { ...ENGLISH, ...JSON.parse(form.dataset.words ?? "{}") };
}

function fieldOf(form, name) {
  const { code, email_code: emailCode } = form.elements;
  if ((name === "check_code" || name === "other_code") && emailCode) return emailCode;
  if ((name === "code" || name === "other_key") && code) return code;
  return "refused" in form.dataset ? null : form.querySelector('[type="submit"]');
}

function say(form, text) {
  let place = form.querySelector("[data-vote-status]");
  if (!place) {
    place = made("p", "nhsuk-hint");
    place.dataset.voteStatus = "";
    place.setAttribute("role", "status");
    form.append(place);
  }
  place.textContent = text;
}
