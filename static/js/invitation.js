// Shows only what the chosen circle needs: groups to tick, or names with a search and a count.
// What is hidden is not sent. Without this script all boxes show, and the server says what is wrong.
"use strict";

(() => {
  const circles = document.querySelectorAll("[name=circle]");
  const organiser = document.getElementById("id_group");
  const people = document.querySelector("[data-circle=named]");
  const sections = people.querySelectorAll("[data-group]");
  const ofGroups = document.querySelector("[name=circle][value=groups]");

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const search = make("input", {
    type: "search",
    className: "form-control",
    placeholder: "按姓名查找",
  });
  search.setAttribute("aria-label", "按姓名查找代表");
  const count = make("span", { className: "hint" });
  count.setAttribute("role", "status");
  const tools = make("div", { className: "people-tools" });
  tools.append(search, count);
  people.querySelector("legend").after(tools);

  const boxes = (section) => [...section.querySelectorAll("input[type=checkbox]")];
  const tell = () => {
    const ticked = boxes(people).filter((box) => box.checked && !box.matches(":disabled"));
    count.textContent = `已选${ticked.length}名`;
    for (const section of sections) {
      const all = boxes(section);
      const button = section.querySelector("button");
      button.textContent = all.every((box) => box.checked) ? "全不选" : "全选";
    }
  };

  for (const section of sections) {
    const name = section.querySelector("legend").textContent.trim();
    const button = make("button", { type: "button", className: "btn btn-outline-secondary btn-sm" });
    button.setAttribute("aria-label", `${name}全选或全不选`);
    button.addEventListener("click", () => {
      const all = boxes(section);
      const tick = !all.every((box) => box.checked);
      for (const box of all) box.checked = tick;
      people.dispatchEvent(new Event("input", { bubbles: true }));
    });
    section.querySelector("legend").append(" ", button);
  }

  const find = () => {
    const words = search.value.trim();
    for (const section of sections) {
      let found = false;
      for (const label of section.querySelectorAll(".names label")) {
        label.hidden = !label.textContent.includes(words);
        found ||= !label.hidden;
      }
      section.hidden = section.disabled || !found;
    }
  };

  const show = () => {
    const group = organiser.value;
    if (ofGroups) {
      ofGroups.closest(".form-check").hidden = Boolean(group);
      if (group && ofGroups.checked) circles[0].checked = true;
    }
    const chosen = [...circles].find((circle) => circle.checked)?.value;
    for (const part of document.querySelectorAll("[data-circle]")) {
      part.disabled = part.dataset.circle !== chosen;
      part.hidden = part.disabled;
    }
    for (const section of sections) {
      section.disabled = Boolean(group) && section.dataset.group !== group;
    }
    find();
    tell();
  };

  search.addEventListener("input", (event) => { event.stopPropagation(); find(); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
  });
  people.addEventListener("input", tell);
  organiser.addEventListener("change", show);
  for (const circle of circles) circle.addEventListener("change", show);
  show();
})();
