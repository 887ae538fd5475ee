// Rows of a form that grow without reloading and change places; without it the page has blank
// rows, a number for the order, and a button that saves and opens the page again.
"use strict";

(() => {
  const filled = (row) => [...row.querySelectorAll("textarea, input[type=text], [name$=-id]")]
    .some((field) => field.value.trim());

  for (const section of document.querySelectorAll("[data-rows]")) {
    const { rows: prefix, noun } = section.dataset;
    const list = section.querySelector(".rows-list");
    const template = section.querySelector("template");
    const total = section.querySelector(`[name=${prefix}-TOTAL_FORMS]`);
    const rows = () => [...list.querySelectorAll("[data-row]")];

    const number = () => {
      let place = 0;
      rows().forEach((row, index) => {
        row.querySelector("legend").textContent = `${noun}${index + 1}`;
        const order = row.querySelector("[name$=-ORDER]");
        order.value = filled(row) ? (place += 1) : "";
      });
    };

    const button = (text, label, step, row) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-sm btn-outline-secondary";
      made.textContent = text;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
        if (!other) return;
        if (step < 0) other.before(row);
        else other.after(row);
        number();
        made.focus();
        row.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return made;
    };

    const dress = (row) => {
      const order = row.querySelector("[name$=-ORDER]").closest("div[class^=cell-]");
      order.hidden = true;
      const moves = document.createElement("div");
      moves.className = "moves";
      moves.append(button("上移", "上移一条", -1, row), button("下移", "下移一条", 1, row));
      row.append(moves);
    };

    // With a button to add more, one blank row is enough.
    for (const spare of rows().filter((row) => !filled(row)).slice(1)) {
      if (spare === list.lastElementChild) {
        spare.remove();
        total.value = Number(total.value) - 1;
      }
    }
    rows().forEach(dress);
    const add = section.querySelector("[data-add]");
    add.hidden = false;
    add.addEventListener("click", () => {
      const made = document.createElement("div");
      made.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      const row = made.querySelector("[data-row]");
      total.value = Number(total.value) + 1;
      list.append(row);
      dress(row);
      number();
      row.querySelector("textarea").focus();
    });
    section.closest("form").addEventListener("submit", number);
  }
})();
