import { initAll } from "./vendor/nhsuk-frontend.min.js";

initAll();

// Parts swapped in by htmx bring components of their own.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) {
    initAll(event.target);
  }
});
