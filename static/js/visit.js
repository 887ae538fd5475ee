// One page for a visit: rows of items are added in place, the list of delegates follows the day,
// Enter moves to the next field. Without this script the same buttons ask the server.
"use strict";

(() => {
  const form = document.querySelector("form.record-form");
  const FIELDS = "input:not([type=hidden]), select, textarea";

  const addRow = (rows) => {
    const total = rows.querySelector("[name$=TOTAL_FORMS]");
    const template = rows.querySelector("template");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    const row = holder.firstElementChild;
    template.before(row);
    row.querySelector(FIELDS).focus();
  };
  document.querySelector("[data-more]")?.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(event.target.closest("[data-rows]"));
  });

  for (const button of document.querySelectorAll("[data-follows]")) {
    document
      .getElementById(button.dataset.follows)
      ?.addEventListener("change", () => form.requestSubmit(button));
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing) return;
    if (!event.target.matches("input:not([type=hidden]), select")) return;
    event.preventDefault();
    const places = [...form.querySelectorAll(`${FIELDS}, [data-more], .form-actions button`)]
      .filter((place) => !place.disabled);
    places[places.indexOf(event.target) + 1]?.focus();
  });
})();
