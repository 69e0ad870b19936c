/* One confirmation on the vote page itself, before vote.js sends anything: the choice is not asked back from the
 * server, which must not see it beside a name. Where vote.js did not take over, the form posts to the server's page. */

import { clearErrors } from "./errors.js";

const form = document.getElementById("vote-form");
if (form) takeCare();

function takeCare() {
  document.addEventListener("submit", askFirst, true);
  form.querySelector("[data-back]").addEventListener("click", goBack);
  new MutationObserver(showErrors).observe(form, { childList: true });
  addEventListener("pagehide", forgetChoice);
}

/* The browser may keep the page as it was left, and show it to whoever goes back. */
function forgetChoice() {
  for (const part of form.querySelectorAll("[data-picked], [data-reason]")) part.textContent = "";
  show("choose");
}

function step(name) {
  return form.querySelector(`[data-step="${name}"]`);
}

function show(name) {
  for (const part of ["choose", "confirm"]) step(part).hidden = part !== name;
}

function askFirst(event) {
  const picked = form.querySelector('[name="choice"]:checked');
  const isReady = event.target === form && form.dataset.script === "on" && picked;
  if (!isReady || !step("confirm").hidden) return; // vote.js, or the server, takes it from here
  event.preventDefault();
  event.stopImmediatePropagation();
  clearErrors();
  form.querySelector("[data-picked]").textContent = form.querySelector(`[for="${picked.id}"]`).textContent;
  tellReason();
  show("confirm");
  form.querySelector("[data-confirm-heading]").focus();
}

function tellReason() {
  const place = form.querySelector("[data-reason]");
  if (!place) return;
  const given = form.elements.reason.value.trim();
  place.textContent = given;
  form.querySelector("[data-reason-given]").hidden = !given;
  form.querySelector("[data-no-reason]").hidden = Boolean(given);
}

function goBack() {
  show("choose");
  form.querySelector('[name="choice"]:checked').focus();
}

/* What vote.js has to say about a failed vote concerns the fields of the first step. */
function showErrors() {
  const errors = document.getElementById("vote-errors");
  if (!errors || "refused" in form.dataset || !step("choose").hasAttribute("hidden")) return;
  show("choose");
  errors.focus();
}
