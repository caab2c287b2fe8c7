// What colours mean in the picture of the network: kinds of things by a palette that people with colour blindness can tell apart, times by a ramp.
"use strict";
const Scales = (() => {
  const KINDS = ["#2f78c4", "#d95f0e", "#1b8a6b", "#a14bb5", "#b8860b", "#c9356b", "#5a6ecf", "#6b8e23", "#8c564b", "#0f8b9d"];
  const NONE = "#98a2b0";
  const RAMP = [[44, 20, 96], [124, 42, 120], [203, 71, 90], [243, 131, 50], [246, 208, 60]];

  const kind = (number) => (number < 0 ? NONE : KINDS[number % KINDS.length]);
  const ramp = (share) => {
    const at = Math.min(0.9999, Math.max(0, share)) * (RAMP.length - 1);
    const low = Math.floor(at);
    const part = at - low;
    const mix = RAMP[low].map((value, i) => Math.round(value + (RAMP[low + 1][i] - value) * part));
    return `rgb(${mix.join(",")})`;
  };
  const day = (seconds) => (seconds === null ? null : new Date(seconds * 1000).toISOString().slice(0, 10));

  // How nodes are coloured under a choice: {of(i), legend: [{label, colour, value}], ends: [first, last]}
  const scale = (choice, network, words) => {
    const nodes = network.nodes;
    if (choice === "group" || choice === "platform") {
      const names = choice === "group" ? network.groups : network.platforms;
      if (choice === "platform") return { of: (i) => kind(nodes.platform[i]), value: (i) => nodes.platform[i], legend: names.map((label, value) => ({ label, value, colour: kind(value) })) };
      // of a candidate at L0 nothing is claimed, so it has no colour of its own
      const stands = (value) => (value >= 0 && network.levels[value] !== "L0" ? value : -1);
      const told = (label, value) => [label, network.levels[value], ...(words.asides.includes(label) ? [words.aside] : [])].join(" · ");
      const legend = names.map((label, value) => ({ label: told(label, value), value, colour: kind(value) })).filter(({ value }) => stands(value) >= 0);
      legend.push({ label: words.none, value: -1, colour: NONE });
      return { of: (i) => kind(stands(nodes.group[i])), value: (i) => stands(nodes.group[i]), legend };
    }
    const values = nodes[choice === "created" ? "created_s" : "first_s"];
    const known = values.filter((value) => value !== null);
    const first = known.reduce((a, b) => Math.min(a, b), Infinity);
    const last = known.reduce((a, b) => Math.max(a, b), -Infinity);
    const of = (i) => (values[i] === null ? NONE : ramp((values[i] - first) / Math.max(1, last - first)));
    const legend = known.length < values.length ? [{ label: words.unknown, value: null, colour: NONE }] : [];
    return { of, value: () => undefined, legend, ends: known.length ? [day(first), day(last)] : null, ramp };
  };
  return { scale, day, NONE };
})();
