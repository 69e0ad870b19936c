/* What a shared computer must not keep. Runs on every page, before the page's own modules.
 *
 * A page that keeps something for one person stores JSON under a name that begins with "qlabs-kept-": `until` is when it
 * must be gone (by this browser's own clock), `about` names what it belongs to, `ask` is where a list stands of what has
 * ended before its time. It goes when its time is past, when a page (data-over) or that list says that the thing is
 * over, and when somebody signs out. A form with autocomplete="off" is emptied
 * when its page is left, so that the back button brings nothing back.
 */

const KEPT = "qlabs-kept-";
const OLDER = ["qlabs-ballot-"]; // names that earlier releases used
const PRIVATE = 'form[autocomplete="off"]';

tidy();
askWhatEnded();
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-signs-out]")) remove(() => true);
});
addEventListener("pagehide", () => document.querySelectorAll(PRIVATE).forEach(empty));
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && document.querySelector(PRIVATE)) location.reload();
});

function tidy() {
  const over = Array.from(document.querySelectorAll("[data-over]"), (place) => place.dataset.over);
  remove(({ until, about }) => !(until > Date.now()) || over.includes(about));
}

/* Asked without cookies and only where something is kept, so that it tells the server of nobody. */
async function askWhatEnded() {
  for (const address of new Set(kept().map(({ ask }) => ask))) {
    if (!address?.startsWith("/")) continue;
    try {
      const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
      const ended = answer.ok ? await answer.json() : [];
      remove(({ about }) => ended.includes(about));
    } catch {
      // No connection: it is asked again on the next page.
    }
  }
}

function kept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(KEPT)).map(entry);
  } catch {
    return [];
  }
}

function remove(isOver) {
  try {
    for (const name of Object.keys(localStorage)) {
      const isOld = OLDER.some((start) => name.startsWith(start));
      if (isOld || (name.startsWith(KEPT) && isOver(entry(name)))) localStorage.removeItem(name);
    }
  } catch {
    // Blocked storage keeps nothing.
  }
}

/* One that cannot be read has no time, and so is past it. */
function entry(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function empty(form) {
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else if (field.matches('textarea, input:not([type="hidden"])')) field.value = "";
  }
}
