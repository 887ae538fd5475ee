// Says while typing which numbers contradict each other, and what the votes come to; the server
// decides. The grades and thresholds of the year come with the page. A place of its own for each
// vote: one form, or one row of several, whose numbers fall back on those that all rows share.
"use strict";

(() => {
  const check = JSON.parse(document.getElementById("ballot-check").textContent);
  const votes = [...check.grades, ["abstained", "弃权"]];
  const rate = (part, whole) => `${(Math.round((part * 1000) / whole) / 10).toFixed(1)}%`;

  const reader = (row) => {
    const typed = (id) => {
      const text = document.getElementById(id)?.value.trim() ?? "";
      return text === "" ? null : Number(text);
    };
    const number = (name) => (row ? typed(`id_${name}_${row}`) : null) ?? typed(`id_${name}`);
    const evaluators = () => {
      const parts = check.evaluators.fields.map(number);
      return parts.includes(null) ? null : parts.reduce((sum, part) => sum + part, check.evaluators.present);
    };
    return (name) => (name === "evaluators" ? evaluators() : number(name));
  };

  const contradictions = (number) => {
    const found = [];
    for (let index = 1; index < check.chain.length; index += 1) {
      const [upper, above, measure] = check.chain[index - 1];
      const [lower, below] = check.chain[index];
      const most = number(upper);
      const counted = number(lower);
      if (most !== null && counted !== null && counted > most) {
        found.push(`${below}${counted}张，多于${above}${most}${measure}。`);
      }
    }
    const valid = number("ballots_valid");
    const counts = votes.map(([name]) => number(name));
    if (valid !== null && counts.some((count) => count !== null)) {
      const total = counts.reduce((sum, count) => sum + (count ?? 0), 0);
      const missing = counts.includes(null);
      if (total > valid || (total < valid && !missing)) {
        const by = Math.abs(total - valid);
        found.push(
          `各等次和弃权合计${total}票，比有效票${valid}张${total > valid ? "多" : "少"}${by}票。`,
        );
      } else if (missing) {
        found.push(`各等次和弃权已填${total}票，有效票${valid}张，还有${valid - total}票未填。`);
      }
    }
    return found;
  };

  const outcome = (number) => {
    const valid = number("ballots_valid");
    const returned = number("ballots_returned");
    const counts = votes.map(([name]) => number(name));
    if (valid === null || returned === null || counts.includes(null)) return [];
    const said = [`合计${valid}票，与有效票相符；无效票${returned - valid}张。`];
    if (valid === 0) return [...said, "没有有效票，不作评价。"];
    const approved = counts[0] + counts[1];
    const reached = check.thresholds.find(
      ([, best, good]) => counts[0] * 100 >= valid * best && approved * 100 >= valid * good,
    );
    said.push(
      `${check.grades[0][1]}率${rate(counts[0], valid)}，` +
        `前两个等次合计${rate(approved, valid)}` +
        (reached ? `，结果：${reached[0]}。` : "，未达到各档用语的比例。"),
    );
    return said;
  };

  const tell = (place) => {
    const { row } = place.dataset;
    const number = reader(row);
    const isEmpty =
      row && ["ballots_valid", ...votes.map(([name]) => name)].every((name) => number(name) === null);
    const wrong = isEmpty ? [] : contradictions(number);
    const lines = wrong.length || isEmpty ? wrong : outcome(number);
    const present = number("voters_present");
    if (present !== null && present < check.least) {
      lines.push(`到会选民${present}人，少于规定的${check.least}人；仍可保存。`);
    }
    place.classList.toggle("wrong", wrong.length > 0);
    const told = lines.map((words) => {
      const line = document.createElement("li");
      line.textContent = words;
      return line;
    });
    place.replaceChildren(...told);
  };

  const places = [...document.querySelectorAll("[data-ballots]")];
  const tellAll = () => places.forEach(tell);
  places[0]?.closest("form").addEventListener("input", tellAll);
  tellAll();
})();
