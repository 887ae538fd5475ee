// Taking attendance in the room: counts while tapping, finds a name, and brings in what others
// mark and who signs in by code, without touching what was tapped here. The server decides.
"use strict";

(() => {
  const form = document.querySelector("form.attendance");
  if (!form) return;
  const POLL_EVERY = 15000;
  const rows = [...form.querySelectorAll("[data-row]")];
  const seenField = form.elements.seen;
  const seen = JSON.parse(seenField.value);
  const rest = form.elements.rest_not_asked;
  const news = form.querySelector("[data-news]");
  const keyOf = (row) => row.dataset.row;
  const control = (name, row) => form.elements[`${name}_${keyOf(row)}`];
  const nameOf = (row) => row.querySelector("strong").textContent;

  // A mark is [status, reason, approved by], null without one: as the server says it.
  const markOf = (row) => {
    const status = control("status", row).value;
    if (!status) return null;
    if (status === "present") return [status, "", ""];
    const reason = control("reason", row).value || "unstated";
    return [status, reason, status === "leave" ? control("approved_by", row).value.trim() : ""];
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const count = () => {
    const counts = { present: 0, leave: 0, absent: 0, unmarked: 0 };
    for (const row of rows) counts[control("status", row).value || "unmarked"] += 1;
    if (rest.checked) counts.unmarked = 0;
    counts.expected = counts.present + counts.leave + counts.absent + counts.unmarked;
    for (const place of form.querySelectorAll("[data-count]")) {
      place.textContent = counts[place.dataset.count];
    }
  };
  form.addEventListener("input", () => {
    news.textContent = "";
    count();
  });

  // Everybody, or those of one group, of those that are shown.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=all_present]");
    if (!button) return;
    event.preventDefault();
    let marked = 0;
    for (const row of rows) {
      const status = control("status", row);
      const asked = button.value === "all" || button.value === row.dataset.group;
      if (asked && !row.hidden && !["present", "leave", "absent"].includes(status.value)) {
        status.value = "present";
        marked += 1;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    news.textContent = marked ? `已标出席${marked}名，尚未保存。` : "没有需要标为出席的代表。";
  });

  const find = form.querySelector("[data-find]");
  if (find) {
    find.hidden = false;
    const field = find.querySelector("input");
    const found = find.querySelector("[role=status]");
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const words = field.value.trim();
      let shown = 0;
      for (const row of rows) {
        row.hidden = words !== "" && !nameOf(row).includes(words);
        if (!row.hidden) shown += 1;
      }
      for (const heading of form.querySelectorAll(".group-heading")) heading.hidden = words !== "";
      found.textContent = words ? `找到${shown}名` : "";
    });
    // Enter looks for the name, it does not save.
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
    });
  }

  const show = (row, mark) => {
    const [status, reason, approvedBy] = mark ?? ["", "", ""];
    control("status", row).value = status;
    control("reason", row).value = reason;
    if (status === "leave") control("approved_by", row).value = approvedBy;
  };

  const bringIn = (answer) => {
    const arrived = [];
    let differs = rows.length !== Object.keys(answer.marks).length;
    for (const row of rows) {
      const key = keyOf(row);
      const theirs = answer.marks[key] ?? null;
      const note = row.querySelector("[data-signed-in]");
      const time = answer.signed_in[key];
      const before = seen.marks[key] ?? null;
      const mine = markOf(row);
      if (time && !note.textContent) arrived.push(nameOf(row));
      if (time) note.textContent = `扫码签到 ${time}`;
      if (!same(theirs, before)) {
        if (same(mine, before)) show(row, theirs);
        if (same(mine, before) || same(mine, theirs)) seen.marks[key] = theirs;
        else differs = true;
      }
      note.classList.toggle("differs", Boolean(time) && control("status", row).value !== "present");
    }
    if (answer.rest_not_asked !== seen.rest_not_asked) {
      if (rest.checked === seen.rest_not_asked) rest.checked = answer.rest_not_asked;
      seen.rest_not_asked = answer.rest_not_asked;
    }
    if (!differs) form.elements.version.value = answer.version;
    seenField.value = JSON.stringify(seen);
    if (arrived.length) news.textContent = `刚扫码签到：${arrived.join("、")}。`;
    count();
  };

  const look = async () => {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(form.dataset.marks, { redirect: "manual" });
        if (answer.type === "opaqueredirect") {
          news.textContent = "已退出登录；请在另一个窗口登录后再保存，填写的内容还在这里。";
        } else if (answer.ok) {
          bringIn(await answer.json());
        }
      } catch {
        // Without a connection the sheet stays as it is; the next look may succeed.
      }
    }
    setTimeout(look, POLL_EVERY);
  };
  count();
  setTimeout(look, POLL_EVERY);
})();
