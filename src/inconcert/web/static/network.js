// The picture of the network: sigma draws and selects; positions, pairs and every number come from the case.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const stage = byId("stage");
  const words = JSON.parse(byId("words").textContent);
  const chosen = byId("chosen");
  const hint = chosen.innerHTML;
  const time_ms = (wanted) => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : wanted);
  const state = { layers: 0, q: 0.01, until: null, only: null, hovered: null, node: null, edge: null, inside: null };
  let network, graph, renderer, scale;
  let printing = false;
  const dark = () => !printing && (getComputedStyle(document.documentElement).colorScheme === "dark"
    || (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark");

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const duration = (seconds) => {
    if (seconds === null) return words.unknown;
    for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60]]) if (seconds >= size) return `${(seconds / size).toFixed(seconds >= 10 * size ? 0 : 1)} ${unit}`;
    return `${seconds} s`;
  };
  const chance = (q) => (q <= 0 ? "< 10⁻³⁰⁰" : q >= 1e-4 ? q.toPrecision(2) : q.toExponential(1).replace(/e-(\d+)/, (_, power) => ` × 10⁻${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`));

  const shownEdge = (i) => {
    const edges = network.edges;
    if (edges.q[i] > state.q || !(edges.kinds[i] & state.layers)) return false;
    if (state.until !== null && (edges.first_s[i] === null || edges.first_s[i] > state.until)) return false;
    return true;
  };

  const build = () => {
    graph = new graphology.UndirectedGraph();
    const { nodes, edges } = network;
    const degree = new Uint32Array(nodes.key.length);
    edges.source.forEach((source, i) => { degree[source] += 1; degree[edges.target[i]] += 1; });
    const base = nodes.key.length > 1500 ? 1.6 : nodes.key.length > 200 ? 2.6 : 4.5;
    nodes.key.forEach((key, i) => graph.addNode(String(i), { x: nodes.x[i], y: nodes.y[i], size: base + Math.min(6, Math.sqrt(degree[i]) * 0.7), label: nodes.label[i] }));
    edges.source.forEach((source, i) => graph.addUndirectedEdgeWithKey(String(i), String(source), String(edges.target[i]), { size: 0.8 + Math.min(2, Math.log10(1 + edges.objects[i])) }));
  };

  const neighbours = (node) => new Set([node, ...graph.neighbors(node).filter((other) => shownEdge(Number(graph.edge(node, other))))]);

  const nodeReducer = (node, data) => {
    const i = Number(node);
    const focus = state.hovered ?? state.node;
    const drawn = { ...data, color: scale.of(i) };
    if (state.only && !state.only.has(node)) drawn.hidden = true;
    const near = state.near;
    if (focus !== null && near && !near.has(node)) { drawn.color = dark() ? "#2a313b" : "#e2e6eb"; drawn.label = null; drawn.zIndex = 0; } else drawn.zIndex = 1;
    if (node === focus || state.inside?.has(node)) { drawn.highlighted = node === focus; drawn.forceLabel = node === focus; drawn.zIndex = 2; }
    if (state.edge !== null && graph.extremities(state.edge).includes(node)) { drawn.forceLabel = true; drawn.highlighted = true; drawn.zIndex = 2; }
    if (state.inside && !state.inside.has(node)) drawn.color = dark() ? "#2a313b" : "#e2e6eb";
    return drawn;
  };
  const edgeReducer = (edge, data) => {
    const i = Number(edge);
    const drawn = { ...data };
    const [source, target] = graph.extremities(edge);
    if (!shownEdge(i) || (state.only && !(state.only.has(source) && state.only.has(target)))) return { ...drawn, hidden: true };
    const focus = state.hovered ?? state.node;
    const strong = network.edges.level[i] >= 1;
    drawn.color = dark() ? (strong ? "#6f8fb5" : "#3a4552") : strong ? "#8fb0d6" : "#d3dae3";
    if (edge === state.edge) { drawn.color = dark() ? "#f0955a" : "#c4570a"; drawn.size = 4; drawn.zIndex = 2; }
    else if (focus !== null) {
      if (source === focus || target === focus) { drawn.color = dark() ? "#82b4ee" : "#1f5fa8"; drawn.zIndex = 1; } else drawn.color = dark() ? "#1c222a" : "#f0f2f5";
    }
    return drawn;
  };

  const refresh = () => { renderer.refresh({ skipIndexation: true }); count(); };
  const count = () => {
    let pairs = 0;
    const seen = new Set();
    network.edges.source.forEach((source, i) => { if (shownEdge(i)) { pairs += 1; seen.add(source); seen.add(network.edges.target[i]); } });
    const inside = state.inside ? ` · ${state.inside.size.toLocaleString()} ${words.chosen}` : "";
    byId("counts").textContent = `${seen.size.toLocaleString()} ${seen.size === 1 ? words.account : words.accounts}, ${pairs.toLocaleString()} ${pairs === 1 ? words.pair : words.pairs}${inside}`;
  };

  // What is chosen, beside the picture.
  const accountLink = (i) => element("a", network.nodes.label[i], { href: `${stage.dataset.account}/${network.nodes.key[i]}` });
  const list = (pairs) => {
    const made = element("dl");
    for (const [name, value] of pairs) {
      const told = element("dd");
      if (value instanceof Node) told.append(value); else told.textContent = value;
      made.append(element("dt", name), told);
    }
    return made;
  };
  const showNode = (node) => {
    const { nodes } = network;
    const i = Number(node);
    const group = nodes.group[i] < 0 ? words.none : element("a", network.groups[nodes.group[i]], { href: `${stage.dataset.group}/${network.groups[nodes.group[i]]}` });
    chosen.replaceChildren(element("h2", nodes.label[i]), list([[words.group, group], [words.platform, network.platforms[nodes.platform[i]]], [words.posts, nodes.posts[i].toLocaleString()],
      [words.created, Scales.day(nodes.created_s[i]) ?? words.unknown], [words.first, Scales.day(nodes.first_s[i]) ?? words.unknown]]));
    const open = element("p");
    open.append(element("a", words.page, { class: "button main", href: `${stage.dataset.account}/${nodes.key[i]}` }));
    const beside = graph.edges(node).filter((edge) => shownEdge(Number(edge))).sort((a, b) => Number(a) - Number(b));
    const partners = element("ul");
    for (const edge of beside.slice(0, 60)) {
      const item = element("li");
      const button = element("button", nodes.label[Number(graph.opposite(node, edge))], { type: "button", class: "plain" });
      button.addEventListener("click", () => choose({ edge }));
      item.append(button, element("span", ` q ${chance(network.edges.q[Number(edge)])}`, { class: "note" }));
      partners.append(item);
    }
    chosen.append(open, element("h3", `${words.partners} (${beside.length.toLocaleString()})`), partners);
  };
  const showEdge = (edge) => {
    const i = Number(edge);
    const { edges, nodes } = network;
    const [source, target] = [edges.source[i], edges.target[i]];
    const heading = element("h2");
    heading.append(accountLink(source), " – ", accountLink(target));
    const kinds = network.layers.filter((_, bit) => edges.kinds[i] & (1 << bit)).map((kind) => words.nouns[kind] ?? kind);
    chosen.replaceChildren(heading, list([[words.chance, `q ${chance(edges.q[i])}`], [words.objects, edges.objects[i].toLocaleString()], [words.gap, duration(edges.gap_s[i])], [words.by, kinds.join(", ")]]));
    const open = element("p");
    open.append(element("a", words.sides, { class: "button main", href: `${stage.dataset.edge}/${nodes.key[source]}/${nodes.key[target]}` }));
    chosen.append(open);
  };
  const showInside = () => {
    const rows = [...state.inside].map(Number);
    const form = element("form", null, { method: "post", action: `${location.pathname.replace(/network$/, "sets")}?token=${encodeURIComponent(document.querySelector('meta[name="inconcert-token"]').content)}` });
    form.append(element("input", null, { type: "hidden", name: "accounts", value: rows.map((i) => network.nodes.key[i]).join(" ") }), element("input", null, { name: "name", required: "", maxlength: "80", "aria-label": words.set }), " ", element("button", words.set, { class: "main" }));
    const members = element("ul");
    for (const i of rows.slice(0, 60)) { const item = element("li"); item.append(accountLink(i)); members.append(item); }
    chosen.replaceChildren(element("h2", `${rows.length.toLocaleString()} ${rows.length === 1 ? words.account : words.accounts} ${words.chosen}`), form, members);
  };

  // A line is thinner than a hand is steady: the nearest one within a few pixels is meant.
  const NEAR_PX = 6;
  const lineAt = ({ x, y }) => {
    const places = new Map(graph.mapNodes((node, data) => [node, renderer.graphToViewport(data)]));
    let [nearest, least] = [null, NEAR_PX];
    graph.forEachEdge((edge, _, source, target) => {
      if (!shownEdge(Number(edge)) || (state.only && !(state.only.has(source) && state.only.has(target)))) return;
      const [a, b] = [places.get(source), places.get(target)];
      const [wide, high] = [b.x - a.x, b.y - a.y];
      const along = Math.max(0, Math.min(1, ((x - a.x) * wide + (y - a.y) * high) / (wide * wide + high * high || 1)));
      const apart = Math.hypot(x - a.x - along * wide, y - a.y - along * high);
      if (apart < least) [nearest, least] = [edge, apart];
    });
    return nearest;
  };

  // Choosing is a step that the back button takes back.
  const choose = ({ node = null, edge = null, inside = null }, remember = true) => {
    Object.assign(state, { node, edge, inside });
    state.near = node === null ? null : neighbours(node);
    byId("neighbours").disabled = node === null;
    const within = chosen.contains(document.activeElement);
    if (node !== null) showNode(node); else if (edge !== null) showEdge(edge); else if (inside?.size) showInside(); else chosen.innerHTML = hint;
    if (within) { const heading = chosen.querySelector("h2"); if (heading) { heading.tabIndex = -1; heading.focus(); } else stage.focus(); }
    const { nodes, edges } = network;
    const hash = node !== null ? `#a=${nodes.key[Number(node)]}` : edge !== null ? `#e=${nodes.key[edges.source[Number(edge)]]}.${nodes.key[edges.target[Number(edge)]]}` : "";
    if (remember && location.hash !== hash) history.pushState(null, "", hash || location.pathname);
    refresh();
  };
  const fromAddress = (arriving = false) => {
    const [kind, value] = location.hash.slice(1).split("=");
    const place = (key) => network.nodes.key.indexOf(key);
    if (kind === "a" && place(value) >= 0) { choose({ node: String(place(value)) }, false); if (arriving) goTo(String(place(value))); }
    else if (kind === "e") {
      const [a, b] = value.split(".").map((key) => String(place(key)));
      if (graph.hasNode(a) && graph.hasNode(b) && graph.hasEdge(a, b)) { choose({ edge: graph.edge(a, b) }, false); if (arriving) goTo(a); }
    } else choose({}, false);
  };
  const goTo = (node) => {
    const at = renderer.getNodeDisplayData(node);
    renderer.getCamera().animate({ x: at.x, y: at.y, ratio: Math.min(renderer.getCamera().ratio, 0.3) }, { duration: time_ms(300) });
  };

  // Controls.
  const legend = () => {
    const box = byId("legend");
    box.replaceChildren();
    const svg = "http://www.w3.org/2000/svg";
    const swatch = (colour) => {
      const drawn = document.createElementNS(svg, "svg");
      drawn.setAttribute("viewBox", "0 0 10 10");
      drawn.setAttribute("aria-hidden", "true");
      const dot = document.createElementNS(svg, "circle");
      for (const [name, value] of Object.entries({ cx: 5, cy: 5, r: 5, fill: colour })) dot.setAttribute(name, value);
      drawn.append(dot);
      return drawn;
    };
    if (scale.ends) {
      const strip = document.createElementNS(svg, "svg");
      strip.setAttribute("class", "ramp");
      strip.setAttribute("viewBox", "0 0 40 1");
      strip.setAttribute("preserveAspectRatio", "none");
      for (let i = 0; i < 40; i += 1) {
        const bit = document.createElementNS(svg, "rect");
        for (const [name, value] of Object.entries({ x: i, y: 0, width: 1.1, height: 1, fill: scale.ramp(i / 39) })) bit.setAttribute(name, value);
        strip.append(bit);
      }
      box.append(strip, element("span", scale.ends.join(" – ")));
    }
    for (const { label, colour, value } of scale.legend.slice(0, 80)) {
      const button = element("button", label, { type: "button" });
      button.prepend(swatch(colour));
      button.addEventListener("click", () => choose({ inside: new Set(graph.filterNodes((node) => scale.value(Number(node)) === value)) }));
      box.append(button);
    }
  };
  const layers = () => {
    const counts = network.layers.map((_, bit) => network.edges.kinds.reduce((n, kinds) => n + ((kinds >> bit) & 1), 0));
    network.layers.forEach((kind, bit) => {
      if (!counts[bit]) return;
      state.layers |= 1 << bit;
      const label = element("label");
      const box = element("input", null, { type: "checkbox", checked: "" });
      box.addEventListener("change", () => { state.layers = box.checked ? state.layers | (1 << bit) : state.layers & ~(1 << bit); refresh(); });
      label.append(box, words.nouns[kind] ?? kind, element("span", counts[bit].toLocaleString(), { class: "n" }));
      byId("layers").append(label);
    });
  };
  const time = () => {
    const known = network.edges.first_s.filter((value) => value !== null);
    if (known.length < 2) return;
    const first = known.reduce((a, b) => Math.min(a, b));
    const last = known.reduce((a, b) => Math.max(a, b));
    byId("time").hidden = false;
    const slider = byId("until");
    const set = () => {
      const share = Number(slider.value) / 1000;
      state.until = share >= 1 ? null : first + (last - first) * share;
      byId("until-shown").textContent = Scales.day(state.until ?? last);
      refresh();
    };
    slider.addEventListener("input", set);
    let playing = null;
    const stop = () => { clearInterval(playing); playing = null; byId("play").textContent = words.play; };
    byId("play").addEventListener("click", () => {
      if (playing) { stop(); return; }
      byId("play").textContent = words.pause;
      if (Number(slider.value) >= 1000) slider.value = 0;
      playing = setInterval(() => {
        slider.value = Number(slider.value) + 10;
        set();
        if (Number(slider.value) >= 1000) stop();
      }, 80);
    });
    byId("until-shown").textContent = Scales.day(last);
  };
  const lasso = () => {
    const rope = byId("rope");
    const button = byId("lasso");
    let points = null;
    const set = (on) => { rope.hidden = !on; rope.classList.toggle("on", on); button.setAttribute("aria-pressed", String(on)); };
    button.addEventListener("click", () => set(rope.hidden));
    const at = (event) => [event.offsetX, event.offsetY];
    const draw = () => {
      rope.width = rope.clientWidth;
      rope.height = rope.clientHeight;
      const pen = rope.getContext("2d");
      pen.strokeStyle = "#c4570a";
      pen.fillStyle = "rgba(196,87,10,0.12)";
      pen.lineWidth = 2;
      pen.beginPath();
      points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.closePath();
      pen.fill();
      pen.stroke();
    };
    rope.addEventListener("pointerdown", (event) => { points = [at(event)]; rope.setPointerCapture(event.pointerId); });
    rope.addEventListener("pointermove", (event) => { if (points) { points.push(at(event)); draw(); } });
    rope.addEventListener("pointerup", () => {
      const ring = points;
      points = null;
      rope.getContext("2d").clearRect(0, 0, rope.width, rope.height);
      set(false);
      if (ring.length < 3) return;
      const path = new Path2D();
      ring.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
      path.closePath();
      const pen = rope.getContext("2d");
      const within = graph.filterNodes((node, data) => {
        if (state.only && !state.only.has(node)) return false;
        const { x, y } = renderer.graphToViewport(data);
        return pen.isPointInPath(path, x, y);
      });
      choose({ inside: new Set(within) });
    });
  };
  const find = () => {
    const field = byId("find");
    const options = byId("found");
    const small = network.nodes.label.map((label) => label.toLowerCase());
    field.addEventListener("input", () => {
      const asked = field.value.trim().toLowerCase();
      const hits = [];
      for (let i = 0; asked && i < small.length && hits.length < 20; i += 1) if (small[i].includes(asked)) hits.push(i);
      options.replaceChildren(...hits.map((i) => element("option", null, { value: network.nodes.label[i] })));
      const exact = small.indexOf(asked);
      if (exact >= 0) { choose({ node: String(exact) }); goTo(String(exact)); }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const first = small.findIndex((label) => label.includes(field.value.trim().toLowerCase()));
      if (field.value.trim() && first >= 0) { choose({ node: String(first) }); goTo(String(first)); }
    });
  };
  const keys = () => stage.addEventListener("keydown", (event) => {
    const camera = renderer.getCamera();
    const step = 0.1 * camera.ratio;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (move) { event.preventDefault(); camera.setState({ x: camera.x + move[0], y: camera.y + move[1] }); }
    else if (event.key === "+" || event.key === "=") camera.animatedZoom({ duration: time_ms(150) });
    else if (event.key === "-") camera.animatedUnzoom({ duration: time_ms(150) });
    else if (event.key === "0") camera.animatedReset({ duration: time_ms(150) });
  });
  const letGo = () => stage.closest(".net").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target.matches("input[type=search], select")) return;
    if (!byId("rope").hidden) { byId("lasso").click(); return; }
    state.only = null;
    choose({});
  });

  const start = async () => {
    const answer = await fetch(stage.dataset.from);
    network = await answer.json();
    const waiting = byId("waiting");
    if (!network.nodes.key.length) { waiting.textContent = words.nothing; return; }
    build();
    layers();
    scale = Scales.scale("group", network, words);
    const labels = () => ({ color: dark() ? "#e6e9ee" : "#1c2430" });
    renderer = new Sigma(graph, stage, {
      nodeReducer, edgeReducer, labelColor: labels(), labelRenderedSizeThreshold: network.nodes.key.length > 300 ? 7 : 4, labelDensity: 0.6, labelFont: "system-ui, sans-serif", labelSize: 12,
      enableEdgeEvents: network.edges.q.length <= 60000, zIndex: true, minEdgeThickness: 0.6, stagePadding: 50, hideEdgesOnMove: network.edges.q.length > 20000, defaultDrawNodeHover: hover,
    });
    waiting.remove();
    renderer.on("clickNode", ({ node }) => choose({ node }));
    renderer.on("clickEdge", ({ edge }) => choose({ edge }));
    renderer.on("clickStage", ({ event }) => { const edge = network.edges.q.length <= 60000 ? lineAt(event) : null; choose(edge === null ? {} : { edge }); });
    renderer.on("enterNode", ({ node }) => { state.hovered = node; state.near = neighbours(node); renderer.refresh({ skipIndexation: true }); });
    renderer.on("leaveNode", () => { state.hovered = null; state.near = state.node === null ? null : neighbours(state.node); renderer.refresh({ skipIndexation: true }); });
    byId("colour").addEventListener("change", (event) => { scale = Scales.scale(event.target.value, network, words); legend(); refresh(); });
    const q = byId("q");
    const setQ = () => { state.q = 10 ** Number(q.value); byId("q-shown").textContent = chance(state.q); };
    q.addEventListener("input", () => { setQ(); refresh(); });
    const largest = network.edges.q.reduce((a, b) => Math.max(a, b), 1e-12);
    q.max = String(Math.ceil(Math.log10(largest) * 4) / 4);
    q.value = q.max;
    setQ();
    byId("neighbours").addEventListener("click", () => { if (state.node !== null) { state.only = neighbours(state.node); refresh(); } });
    byId("all").addEventListener("click", () => { state.only = null; choose({}); renderer.getCamera().animatedReset({ duration: time_ms(200) }); });
    const recolour = () => { renderer.setSetting("labelColor", labels()); refresh(); };
    document.addEventListener("inconcert:theme", recolour);
    // Paper is light, and does not show what the graphics card drew: it gets a copy.
    addEventListener("beforeprint", () => {
      printing = true;
      recolour();
      const layers = [...stage.querySelectorAll("canvas")];
      const sheet = element("canvas", null, { class: "sheet", width: layers[0].width, height: layers[0].height });
      for (const layer of layers) sheet.getContext("2d").drawImage(layer, 0, 0);
      stage.append(sheet);
    });
    addEventListener("afterprint", () => { printing = false; stage.querySelector(".sheet")?.remove(); recolour(); });
    addEventListener("popstate", () => fromAddress());
    legend(); time(); lasso(); find(); keys(); letGo(); fromAddress(true); count();
    document.documentElement.dataset.drawn = "yes";
  };
  function hover(context, data, settings) {
    const size = settings.labelSize;
    context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
    const width = data.label ? context.measureText(data.label).width + 10 : 0;
    context.fillStyle = dark() ? "#232b36" : "#fff";
    context.strokeStyle = dark() ? "#82b4ee" : "#1f5fa8";
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.stroke();
    if (!data.label) return;
    context.fillRect(data.x + data.size + 4, data.y - size / 2 - 4, width, size + 8);
    context.fillStyle = dark() ? "#e6e9ee" : "#1c2430";
    context.fillText(data.label, data.x + data.size + 9, data.y + size / 3);
  }
  start();
})();
