"use strict";
(() => {
  const data = JSON.parse(document.getElementById("weeks").textContent);
  const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  const two = (n) => String(n).padStart(2, "0");
  const posts = (n) => (n === 1 ? "1 post" : n ? n.toLocaleString("en-GB") + " posts" : "no posts");

  const percent = (share) => {
    if (share > 0 && share < 0.005) return "less than 1%";
    if (share >= 0.995 && share < 1) return "more than 99%";
    return Math.floor(share * 100 + 0.5) + "%";
  };

  /* Posts by weekday and hour of a zone, from bins of the UTC week and the zone's offset in each stretch. */
  const byHour = (packed, offsets) => {
    const hours = days.map(() => new Array(24).fill(0));
    let place = 0;
    for (let i = 0; i < packed.length; i += 2) {
      place += packed[i];
      const stretch = Math.floor(place / data.bins);
      const local = (place % data.bins + offsets[stretch] + data.bins) % data.bins;
      hours[Math.floor(local / 96)][Math.floor(local % 96 / 4)] += packed[i + 1];
    }
    return hours;
  };

  const span = (hour, length) => two(hour) + ":00 to " + two((hour + length) % 24) + ":00";

  const busiest = (hours, zone) => {
    const byHourOfDay = hours[0].map((_, hour) => hours.reduce((sum, day) => sum + day[hour], 0));
    const three = (hour) => byHourOfDay[hour] + byHourOfDay[(hour + 1) % 24] + byHourOfDay[(hour + 2) % 24];
    const total = byHourOfDay.reduce((sum, n) => sum + n, 0);
    let day = 0, hour = 0, best = 0;
    hours.forEach((row, d) => row.forEach((n, h) => { if (n > hours[day][hour]) { day = d; hour = h; } }));
    for (let h = 1; h < 24; h++) if (three(h) > three(best)) best = h;
    return "In " + zone + " time the fullest hour is " + days[day] + " " + span(hour, 1) + " (" + posts(hours[day][hour])
      + "); " + percent(three(best) / total) + " of all posts fall between " + two(best) + ":00 and "
      + two((best + 3) % 24) + ":00.";
  };

  const repaint = (figure, zone) => {
    const hours = byHour(data.groups[figure.dataset.group], data.offsets[zone]);
    const most = Math.max(...hours.flat());
    const svg = figure.querySelector("svg");
    svg.querySelectorAll("rect").forEach((cell, i) => {
      const day = Math.floor(i / 24), hour = i % 24, n = hours[day][hour];
      cell.setAttribute("class", "s" + Math.ceil(n * data.steps / most));
      cell.replaceChildren();
      if (n) {
        const title = document.createElementNS(svg.namespaceURI, "title");
        title.textContent = days[day] + " " + span(hour, 1) + ": " + posts(n);
        cell.append(title);
      }
    });
    svg.querySelectorAll(".total").forEach((text, day) => {
      text.textContent = hours[day].reduce((sum, n) => sum + n, 0).toLocaleString("en-GB");
    });
    const sentence = busiest(hours, zone);
    figure.querySelector(".busiest").textContent = sentence;
    const whose = figure.dataset.of ? "on " + figure.dataset.of : "of " + figure.dataset.group;
    svg.setAttribute("aria-label", "Posts " + whose + " by hour and weekday. " + sentence);
  };

  /* A link to a group that is folded away unfolds it. */
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  const pickers = document.querySelectorAll("select.zone");
  pickers.forEach((picker) => {
    picker.closest("label").hidden = false;
    picker.addEventListener("change", () => {
      pickers.forEach((other) => { other.value = picker.value; });
      document.querySelectorAll("figure[data-group]").forEach((figure) => repaint(figure, picker.value));
    });
  });
})();
