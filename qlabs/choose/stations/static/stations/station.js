/* On a shared device the page goes back to the start after a minute in which nobody touched it. It says so twenty seconds
 * before; whoever is still there presses the button that has the focus, or Escape, as often as they like. */

const WARN = 40_000;
const LEAVE = 20_000;
const WHILE_UNSENT = 600_000; // somebody is writing down the code that saves her vote
const ACTS = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

const place = document.getElementById("station");
const start = document.querySelector("[data-station-start]");
const finish = document.querySelector("[data-station-finish]");
let timer;
let dialog;

if (start || finish) {
  for (const act of ACTS) addEventListener(act, touched, { passive: true, capture: true });
  addEventListener("pagehide", clear);
  stay();
}

/* A press that closed the dialog itself would go through to what lies under it. */
function touched() {
  if (!dialog?.open) stay();
}

function stay() {
  clearTimeout(timer);
  timer = setTimeout(start ? emptied : warn, isUnsent() ? WHILE_UNSENT : WARN);
}

function emptied() {
  start.reset();
  stay();
}

function warn() {
  dialog ??= made();
  dialog.showModal();
  timer = setTimeout(() => finish.requestSubmit(), LEAVE);
}

function made() {
  const box = document.createElement("dialog");
  const title = document.createElement("h2");
  const words = document.createElement("p");
  const button = document.createElement("button");
  title.className = "nhsuk-heading-m";
  title.id = "station-still-there";
  title.textContent = place.dataset.title;
  words.textContent = place.dataset.words;
  button.className = "nhsuk-button nhsuk-u-margin-bottom-0";
  button.type = "button";
  button.textContent = place.dataset.stay;
  button.addEventListener("click", () => box.close());
  box.addEventListener("close", stay);
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-labelledby", title.id);
  box.append(title, words, button);
  document.body.append(box);
  return box;
}

function isUnsent() {
  return document.querySelector("[data-unsent]:not([hidden])") !== null;
}

/* What the browser may keep of this page for its back button holds no codes. */
function clear() {
  for (const code of document.querySelectorAll("[data-receipt], [data-change-code], [data-unsent-code]")) {
    code.textContent = "";
  }
}
