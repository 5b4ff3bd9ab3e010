// Draws the picture and fills the side panel. Words from articles only ever become text nodes, never HTML.
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const drawing = read("drawing");
  const details = new Map(Object.entries(read("details")));
  const panel = document.getElementById("panel");
  // Ids stand in the data alone: an attribute would change some of their characters.
  const headlines = new Map([...document.querySelectorAll(".headline")].map((button, at) => [button, drawing.headlines[at]]));
  // The library keeps nodes in plain objects, where an id such as "constructor" is taken already.
  const key = (id) => `node ${id}`;
  const unkeyed = (node) => node.slice(key("").length);
  const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, id: key(node.id) })));
  const edges = new vis.DataSet(
    drawing.edges.map((edge, number) => ({ id: number, ...edge, from: key(edge.from), to: key(edge.to) })),
  );
  const network = new vis.Network(document.getElementById("canvas"), { nodes, edges }, drawing.options);
  const isNarrow = () => window.matchMedia("(max-width: 900px)").matches;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = still ? false : { duration: 350, easingFunction: "easeInOutQuad" };

  // An element with a class and children; strings become text.
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }

  // A name that opens its node when that is in the picture.
  function link(id, name) {
    if (!id || !details.has(id)) return make("span", "name", name);
    const button = make("button", "name", name);
    button.type = "button";
    button.addEventListener("click", () => show(id, true));
    return button;
  }

  function section(title, ...children) {
    const kept = children.filter(Boolean);
    return kept.length ? make("section", "", make("h3", "", title), ...kept) : null;
  }

  function quotation(quote) {
    const source = [quote.source, quote.when].filter(Boolean).join(", ");
    const text = make("blockquote", "", quote.before, make("mark", "", quote.words), quote.behind);
    const leads = URL.canParse(quote.link, location.href) && quote.link !== "";
    const cite = make("cite", "", leads ? make("a", "", source || "the article") : source);
    if (leads) Object.assign(cite.firstChild, { href: quote.link, rel: "noreferrer", target: "_blank" });
    cite.title = quote.title;
    return make("figure", "quote", text, make("figcaption", "", cite));
  }

  const VERDICTS = { disagree: "Reports disagree", agree: "Reports agree", updated: "Figure was updated" };

  function claimRow(row) {
    const heading = make("div", "property", make("span", "", row.property));
    if (row.verdict) heading.append(make("span", `verdict ${row.verdict}`, VERDICTS[row.verdict]));
    const cells = row.cells.map((cell) => {
      const value = make("div", "value", cell.value, cell.unit ? make("small", "", ` ${cell.unit}`) : "");
      const source = make("div", "source", [cell.source, cell.when].filter(Boolean).join(", "));
      const speaker = cell.speaker ? make("div", "speaker", `says ${cell.speaker}`) : "";
      const state = cell.state === "replaced" ? make("div", "speaker", "earlier figure") : "";
      return make("div", `cell ${cell.state}`, value, speaker, source, state, make("q", "", cell.quote));
    });
    const best = row.best.map((line) => make("div", "best", "Best supported: ", line));
    return make("div", "claims", heading, ...best, make("div", "cells", ...cells));
  }

  function roleList(told) {
    const byRole = new Map();
    for (const part of told.roles || []) {
      if (!byRole.has(part.role)) byRole.set(part.role, []);
      byRole.get(part.role).push(part);
    }
    if (!byRole.size) return null;
    const list = make("dl", "roles");
    for (const [role, parts] of byRole) {
      list.append(make("dt", "", role), make("dd", "", ...parts.map((part) => link(part.id, part.name))));
    }
    return list;
  }

  function factList(told) {
    if (!told.facts || !told.facts.length) return null;
    const list = make("ul", "facts");
    for (const fact of told.facts) {
      const words = fact.of
        ? make("span", "", make("i", "", `${fact.fact}: `), link(fact.id, fact.name))
        : make("span", "", link(fact.id, fact.name), make("i", "", `: ${fact.fact}`));
      const item = make("li", "", words);
      if (fact.proof.length) item.append(make("details", "", make("summary", "", "who says so"), ...fact.proof.map(quotation)));
      list.append(item);
    }
    return list;
  }

  function eventList(told) {
    if (!told.events || !told.events.length) return null;
    const list = make("ul", "events");
    for (const event of told.events) {
      const note = [event.when, event.roles.join(", ")].filter(Boolean).join(" · ");
      list.append(make("li", "", link(event.id, event.name), make("small", "", note)));
    }
    if (told.more_events) list.append(make("li", "more", `and ${told.more_events} more`));
    return list;
  }

  function tell(id) {
    const told = details.get(id);
    const close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", clear);
    const tags = make("p", "tags", make("span", "kind", told.kind));
    if (told.status) tags.append(make("span", "status", told.status));
    const also = told.aliases && told.aliases.length ? make("p", "also", `Also: ${told.aliases.join(", ")}`) : "";
    const more = told.more_quotes ? make("p", "more", `and ${told.more_quotes} more sentences`) : null;
    const parts = [
      close,
      tags,
      make("h2", "", told.name),
      told.when ? make("p", "when", told.when) : "",
      told.about ? make("p", "about", told.about) : "",
      also,
      roleList(told),
      told.claims.length ? section("What the reports say", ...told.claims.map(claimRow)) : null,
      section("Facts", factList(told)),
      section("Took part in", eventList(told)),
      told.quotes.length ? section("In the articles' words", ...told.quotes.map(quotation), more) : null,
    ];
    const hadFocus = panel.contains(document.activeElement);
    panel.replaceChildren(...parts.filter((part) => part !== null && part !== ""));
    panel.scrollTop = 0;
    panel.classList.add("open");
    if (hadFocus) panel.focus({ preventScroll: true });
    for (const [button, event] of headlines) button.classList.toggle("current", event === id);
  }

  // Fade everything but a node and those around it; with no node, nothing.
  function highlight(id) { // as the library knows it
    const near = id === null ? null : new Set([id, ...network.getConnectedNodes(id)]);
    nodes.update(
      nodes.map((node) => {
        const isNear = !near || near.has(node.id);
        return { id: node.id, opacity: isNear ? 1 : 0.18, font: { ...node.font, color: isNear ? "#1f2937" : "rgba(31,41,55,0.22)" } };
      }),
    );
    edges.update(
      edges.map((edge) => {
        const isNear = !near || edge.from === id || edge.to === id;
        return { id: edge.id, color: { ...edge.color, opacity: isNear ? (near ? 0.9 : 0.55) : 0.08 } };
      }),
    );
  }

  function show(id, move) {
    tell(id);
    network.selectNodes([key(id)]);
    highlight(key(id));
    if (move) {
      const around = [key(id), ...network.getConnectedNodes(key(id))];
      network.fit({ nodes: around, maxZoomLevel: 1, animation });
    }
  }

  function clear() {
    const hadFocus = panel.contains(document.activeElement);
    const before = document.querySelector(".headline.current");
    panel.classList.remove("open");
    network.unselectAll();
    highlight(null);
    introduce();
    if (hadFocus) (before || search).focus({ preventScroll: true });
  }

  function introduce() {
    for (const button of document.querySelectorAll(".headline.current")) button.classList.remove("current");
    panel.replaceChildren(
      make("h2", "", "How to read this"),
      make("p", "", "Boxes are events, the other shapes are people, places and organisations. Click one to see what " +
        "the articles say of it, where they disagree, and the sentences themselves."),
      make("p", "", "Drag to move, scroll to zoom, search at the top."),
    );
  }

  network.on("click", (event) => {
    if (event.nodes.length) show(unkeyed(event.nodes[0]), false);
    else clear();
  });
  network.on("hoverNode", () => { document.getElementById("canvas").style.cursor = "pointer"; });
  network.on("blurNode", () => { document.getElementById("canvas").style.cursor = ""; });

  for (const [button, event] of headlines) button.addEventListener("click", () => show(event, true));

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation });
  const whole = (animated) => network.fit({ maxZoomLevel: 1.15, animation: animated ? animation : false });
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("whole").addEventListener("click", () => whole(true));

  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = [...details].map(([id, told]) => ({
    id, told, words: plain([told.name, ...(told.aliases || [])].join("\n")),
  }));

  function look() {
    const wanted = plain(search.value.trim());
    const hits = wanted ? names.filter((name) => name.words.includes(wanted)) : [];
    hits.sort((a, b) => Number(plain(b.told.name).startsWith(wanted)) - Number(plain(a.told.name).startsWith(wanted)));
    found.replaceChildren(
      ...hits.slice(0, 12).map((hit) => {
        const button = make("button", "", hit.told.name, make("small", "", hit.told.kind));
        button.type = "button";
        button.addEventListener("click", () => { leave(); show(hit.id, true); panel.focus({ preventScroll: true }); });
        return make("li", "", button);
      }),
    );
    if (wanted && !hits.length) found.append(make("li", "empty", "Nothing in this picture"));
    found.hidden = !wanted;
  }

  function leave() {
    found.hidden = true;
    search.blur();
  }

  search.addEventListener("input", look);
  search.addEventListener("focus", look);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found.querySelector("button")) found.querySelector("button").click();
    if (event.key === "Escape") leave();
    if (event.key === "ArrowDown") step(event, 1);
  });
  // The arrow keys go through what was found, and from the first of it back to the words.
  function step(event, by) {
    const hits = [...found.querySelectorAll("button")];
    const next = hits.indexOf(document.activeElement) + by;
    event.preventDefault();
    if (next < 0) search.focus();
    else hits[Math.min(next, hits.length - 1)]?.focus();
  }
  found.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(event, 1);
    if (event.key === "ArrowUp") step(event, -1);
    if (event.key === "Escape") {
      event.stopPropagation();
      search.focus();
      found.hidden = true;
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) found.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== search) clear();
    if (event.key === "/" && event.target !== search && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
  });

  const lead = drawing.headlines[0];
  // A crowded picture opens where its main story is, near enough to read; the button shows the whole.
  const CROWDED = 60;
  function open() {
    if (lead === undefined || nodes.length <= CROWDED) whole(false);
    else network.moveTo({ position: network.getPosition(key(lead)), scale: isNarrow() ? 0.45 : 0.6, animation: false });
  }
  open();
  network.once("afterDrawing", open); // again, as the room that labels take is known only once they are drawn
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (width !== window.innerWidth) open(); // a phone that hides its address bar changes only the height
    width = window.innerWidth;
  });
  introduce();
  // On a wide screen the main story is told at once; on a narrow one the list comes first.
  if (lead !== undefined && !isNarrow()) {
    tell(lead);
    network.selectNodes([key(lead)]);
  }
})();
