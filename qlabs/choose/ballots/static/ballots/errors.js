/* One error on the vote page, with all that a page from the server has: in the title, in a summary that takes the focus,
 * at the field, and read out with it. */

const MESSAGE = "vote-error-message";
let plainTitle = null;

export function clearErrors() {
  document.getElementById("vote-errors")?.remove();
  unmark();
  if (plainTitle !== null) document.title = plainTitle;
  plainTitle = null;
}

/** words: of the script; name: which of them; field: where to mend it. */
export function showError(form, words, name, field) {
  plainTitle = document.title;
  document.title = `${words.error} ${plainTitle}`;
  if (field) mark(field, words[name], words.error);
  const summary = summaryOf(words.problem, words[name], field);
  form.prepend(summary);
  summary.focus();
}

function summaryOf(title, sentence, field) {
  const item = made("li", "", field ? "" : sentence);
  if (field) {
    const link = made("a", "", sentence);
    field.id ||= `vote-${field.name || "button"}`;
    link.href = `#${field.id}`;
    item.append(link);
  }
  const list = made("ul", "nhsuk-list nhsuk-error-summary__list");
  list.append(item);
  const inner = made("div", "");
  inner.setAttribute("role", "alert");
  inner.append(made("h2", "nhsuk-error-summary__title", title), list);
  const summary = made("div", "nhsuk-error-summary");
  summary.id = "vote-errors";
  summary.tabIndex = -1;
  summary.append(inner);
  return summary;
}

function mark(field, sentence, prefix) {
  const group = field.closest(".nhsuk-form-group");
  if (!group) return; // a button
  const message = made("p", "nhsuk-error-message");
  message.id = MESSAGE;
  message.append(made("span", "nhsuk-u-visually-hidden", `${prefix} `), sentence);
  (group.querySelector(".nhsuk-radios") ?? field).before(message);
  group.classList.add("nhsuk-form-group--error");
  field.closest("details")?.setAttribute("open", "");
  const owner = field.type === "radio" ? field.closest("fieldset") : field;
  if (owner === field) field.classList.add("nhsuk-input--error");
  const before = owner.getAttribute("aria-describedby");
  owner.setAttribute("aria-describedby", before ? `${before} ${MESSAGE}` : MESSAGE);
}

function unmark() {
  const owner = document.querySelector(`[aria-describedby~="${MESSAGE}"]`);
  if (!owner) return;
  document.getElementById(MESSAGE).remove();
  owner.closest(".nhsuk-form-group").classList.remove("nhsuk-form-group--error");
  owner.classList.remove("nhsuk-input--error");
  const rest = owner.getAttribute("aria-describedby").replace(MESSAGE, "").trim();
  if (rest) owner.setAttribute("aria-describedby", rest);
  else owner.removeAttribute("aria-describedby");
}

export function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
