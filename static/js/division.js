// Dividing a term: cards are moved by mouse, keyboard or their select; the selects are what is
// sent, so that the page works without this script. Counts while moving, undoes moves.
"use strict";

(() => {
  const form = document.querySelector("form.division");
  if (!form) return;
  const FEWEST = 3;
  const columns = [...form.querySelectorAll("[data-column]")];
  const cards = [...form.querySelectorAll("[data-card]")];
  const news = form.querySelector("[data-news]");
  const undoButton = form.querySelector("[data-undo]");
  const group = (card) => card.querySelector("[data-group]");
  const post = (card) => card.querySelector("[data-post]");
  const columnOf = (card) => card.closest("[data-column]");
  const columnNamed = (value) => columns.find((column) => column.dataset.column === value);
  const cardsIn = (column, kind) => [...column.querySelectorAll(`[data-card=${kind}]`)];
  const history = [];

  const snapshot = () => new Map(cards.flatMap((card) =>
    [group(card), post(card)].filter(Boolean).map((select) => [select, select.value])));

  const count = () => {
    for (const column of columns) {
      const people = cardsIn(column, "person");
      const villages = cardsIn(column, "village");
      const counts = { villages: villages.length };
      for (const what of ["persons", "county", "town", "women", "party"]) {
        counts[what] = people.filter((card) => what in card.dataset).length;
      }
      counts.population = villages.reduce((sum, card) => sum + Number(card.dataset.population), 0);
      for (const place of column.querySelectorAll("[data-count]")) {
        place.textContent = counts[place.dataset.count];
      }
      if (!column.dataset.column) continue;
      const led = people.some((card) => post(card).value === "leader");
      column.querySelector("[data-remark]").textContent = [
        counts.persons < FEWEST ? `不足${FEWEST}名` : "", led ? "" : "没有组长",
      ].filter(Boolean).join("，");
    }
  };

  const tell = (words) => {
    const left = columnNamed("");
    const people = cardsIn(left, "person").length;
    const villages = cardsIn(left, "village").length;
    news.textContent = [
      words, people ? `${people}名代表未编入。` : "", villages ? `${villages}个村未编入。` : "",
      "尚未保存。",
    ].join("");
  };

  // The guard against losing what was moved listens for input.
  const changed = (words) => {
    count();
    undoButton.disabled = history.length === 0;
    tell(words);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A post is held once in a group: whoever comes later with it is a plain member there.
  const settle = (card) => {
    const column = columnNamed(group(card).value);
    if (columnOf(card) !== column) {
      column.querySelector(`[data-cards=${card.dataset.card}]`).append(card);
      if (post(card)) post(card).value = "member";
    }
  };

  const move = (card, column) => {
    if (!column || column === columnOf(card)) return;
    history.push(snapshot());
    const hadFocus = card.contains(document.activeElement) ? document.activeElement : null;
    group(card).value = column.dataset.column;
    settle(card);
    hadFocus?.focus();
    if (hadFocus) card.scrollIntoView({ block: "nearest" });
    const persons = column.querySelector("[data-count=persons]");
    count();
    const numbers = column.dataset.column ? `，该组现有代表${persons.textContent}名` : "";
    changed(`${card.dataset.name}移到${column.dataset.name}${numbers}。`);
  };

  const undo = () => {
    const before = history.pop();
    if (!before) return;
    const focused = document.activeElement;
    for (const [select, value] of before) {
      if (select.matches("[data-group]") && select.value !== value) {
        select.value = value;
        settle(select.closest("[data-card]"));
      }
    }
    for (const [select, value] of before) select.value = value;
    focused?.focus();
    changed("已撤销上一次移动。");
  };

  const name = (card, chosen, before) => {
    const column = columnOf(card);
    before.set(post(card), post(card).dataset.was);
    history.push(before);
    const holder = chosen === "member" ? null : cardsIn(column, "person")
      .find((other) => other !== card && post(other).value === chosen);
    if (holder) post(holder).value = "member";
    const label = post(card).selectedOptions[0].textContent;
    const instead = holder ? `，${holder.dataset.name}改为组员` : "";
    changed(`${card.dataset.name}为${column.dataset.name}${label}${instead}。`);
  };

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-post]")) event.target.dataset.was = event.target.value;
  });
  form.addEventListener("change", (event) => {
    const card = event.target.closest("[data-card]");
    if (event.target.matches("[data-group]")) {
      const column = columnNamed(event.target.value);
      event.target.value = columnOf(card).dataset.column;
      move(card, column);
    } else if (event.target.matches("[data-post]")) {
      name(card, event.target.value, snapshot());
      event.target.dataset.was = event.target.value;
    }
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "z" && event.ctrlKey && !event.target.matches("input")) {
      event.preventDefault();
      undo();
    }
    const card = event.target;
    if (!card.matches("[data-card]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const column = columnOf(card);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (/^[0-9]$/.test(event.key)) {
      const target = columnNamed(event.key === "0" ? "" : event.key);
      if (target) move(card, target);
      else tell(`没有第${event.key}组。`);
    } else if (step) {
      move(card, columns[columns.indexOf(column) + step]);
    } else if (along) {
      const shown = [...column.querySelectorAll("[data-card]")].filter((each) => !each.hidden);
      shown[shown.indexOf(card) + along]?.focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  let dragged = null;
  for (const card of cards) card.draggable = true;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.name);
    dragged.classList.add("moving");
  });
  form.addEventListener("dragover", (event) => {
    const column = event.target.closest("[data-column]");
    if (!dragged || !column) return;
    event.preventDefault();
    for (const each of columns) each.classList.toggle("drop", each === column);
  });
  form.addEventListener("drop", (event) => {
    const column = event.target.closest("[data-column]");
    if (!dragged || !column) return;
    event.preventDefault();
    move(dragged, column);
  });
  form.addEventListener("dragend", () => {
    dragged?.classList.remove("moving");
    for (const each of columns) each.classList.remove("drop");
    dragged = null;
  });

  for (const button of form.querySelectorAll("[data-clear]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const column = button.closest("[data-column]");
      const moved = [...column.querySelectorAll("[data-card]")];
      if (!moved.length) return;
      history.push(snapshot());
      for (const card of moved) {
        group(card).value = "";
        settle(card);
      }
      changed(`${column.dataset.name}的村和代表已全部移到未编入。`);
    });
  }
  undoButton.hidden = false;
  undoButton.addEventListener("click", undo);

  const find = form.querySelector("[data-find]");
  find.hidden = false;
  const field = find.querySelector("input");
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = field.value.trim();
    for (const card of cards) card.hidden = words !== "" && !card.textContent.includes(words);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  form.dataset.ready = "";
})();
