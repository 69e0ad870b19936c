/* Says while somebody types a title that the lab has a theme of that title already. Sending says it too. */

const place = document.querySelector("[data-titles]");
if (place) {
  const titles = new Set(JSON.parse(place.dataset.titles));
  const field = document.getElementById("id_title");
  field.addEventListener("input", () => {
    const words = titles.has(plain(field.value)) ? place.dataset.words : "";
    if (place.textContent !== words) place.textContent = words;
  });
}

/* As queries.plain_title writes it. */
function plain(title) {
  return (title.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}
