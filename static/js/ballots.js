// Says while typing whether the grades add up to the ballots returned; the server decides.
"use strict";

(() => {
  const place = document.querySelector("[data-ballots]");
  const number = (id) => Number(document.getElementById(id).value || 0);
  const grades = place.dataset.ballots.split(" ");
  const tell = () => {
    const sum = grades.map(number).reduce((total, votes) => total + votes, 0);
    const whole = number(place.dataset.whole);
    place.textContent = sum === whole
      ? `四项合计${sum}票，与收回票相符。`
      : `四项合计${sum}票，收回票${whole}票，相差${Math.abs(sum - whole)}票。`;
  };
  place.closest("form").addEventListener("input", tell);
  tell();
})();
