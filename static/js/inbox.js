// The inbox by keyboard: down and up or j and k go from item to item, Enter opens the one in
// focus (it is a link), Ctrl+Enter assigns, Esc goes back from the form to the list. What is
// typed into a field belongs to the field.
"use strict";

(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const form = document.querySelector("[data-triage]");
  const current = rows.find((row) => row.hasAttribute("aria-current")) ?? rows[0];
  const isField = (target) => target.matches("input:not([type=checkbox]), select, textarea");
  const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

  // Unless an item was opened on purpose, the list is where one begins. On a phone an opened one
  // is shown from its voter's words on, below the list.
  if (!new URLSearchParams(window.location.search).has("item")) {
    current?.focus({ preventScroll: true });
  } else if (window.matchMedia("(max-width: 48rem)").matches && !document.querySelector(".just-done")) {
    document.querySelector("#open-item")?.scrollIntoView();
  }
  const list = current?.closest("ol");
  if (list) list.scrollTop += current.getBoundingClientRect().top - list.getBoundingClientRect().top - 40;

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const { target } = event;
    if (event.key === "Enter" && event.ctrlKey) {
      // Within a form the page's own rule sends that form.
      if (!target.closest("form[method=post]")) form?.requestSubmit();
      return;
    }
    if (event.ctrlKey) return;
    if (event.key === "Escape" && form?.contains(target)) {
      current?.focus();
      return;
    }
    const step = STEPS[event.key];
    if (!step || isField(target)) return;
    event.preventDefault();
    const at = rows.indexOf(document.activeElement);
    const from = at < 0 ? rows.indexOf(current) - (step > 0 ? 1 : -1) : at;
    rows[Math.min(Math.max(from + step, 0), rows.length - 1)]?.focus();
  });
})();
