// Pieces that several panels are made of.
import { element, type App } from "./app";
import type { Claim, Passage } from "./data";

/** A button that reads as a link. */
export function link(text: string, click: () => void, classes = ""): HTMLButtonElement {
  const button = element("button", `link ${classes}`.trim(), text);
  button.type = "button";
  button.addEventListener("click", click);
  return button;
}

/** Small buttons with a sign on each and what it does as its name. */
export function signs(classes: string, buttons: readonly (readonly [sign: string, label: string, act: () => void])[]): HTMLElement {
  return element("div", classes, buttons.map(([sign, label, act]) => {
    const button = element("button", "", sign);
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    return button;
  }));
}

/** A button that selects a node. */
export function nodeLink(app: App, node: number): HTMLButtonElement {
  return link(app.data.nodes[node].name || "?", () => app.select(node), "name");
}

/** An address that may be followed: one of the web, and whole; null for any other. */
export function webAddress(text: string): URL | null {
  try {
    const address = new URL(text);
    return /^https?:$/.test(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** The name of who publishes an article and its day, as a button that opens it, at a passage of it where given. */
export function articleLink(app: App, article: number, at: Passage | null = null): HTMLButtonElement {
  const { source, when, title } = app.data.articles[article];
  const button = link(when ? `${source}, ${when}` : source, () => app.openArticle(article, at), "article");
  button.title = title;
  return button;
}

const LONGEST = 240; // characters before and behind what is marked

/** The sentence around characters of an article, these marked, and a button that opens the article there. */
export function quotation(app: App, article: number, start: number, end: number): HTMLElement {
  const { text } = app.data.articles[article];
  let [first, last] = app.data.sentence(article, start, end);
  const before = start - first > LONGEST ? "…" : "";
  const behind = last - end > LONGEST ? "…" : "";
  if (before) first = start - LONGEST;
  if (behind) last = end + LONGEST;
  return element("figure", "quote", [
    element("blockquote", "", [
      before + text.slice(first, start), element("mark", "", text.slice(start, end)),
      text.slice(end, last).trimEnd() + behind,
    ]),
    element("figcaption", "", [articleLink(app, article, { start, end })]),
  ]);
}

/** What a claim says, without who and where: "at least 60 people". */
export function value(claim: Claim): string {
  return claim.unit ? `${claim.value} ${claim.unit}` : claim.value;
}

/** How a claim stands to others, a line each. */
export function standing(app: App, at: number, replacedBy: ReadonlyMap<number, number>): [string, string][] {
  const { claims, articles } = app.data;
  const claim = claims[at];
  const named = (other: number): string => `${value(claims[other])} (${claims[other].who || articles[claims[other].article].source})`;
  const listed = (others: readonly number[]): string =>
    [...new Set(others.map(named))].slice(0, 3).join(", ") + (new Set(others.map(named)).size > 3 ? " …" : "");
  const lines: [string, string][] = [];
  if (claim.conflicts.length) lines.push(["disputed", `disagrees with ${listed(claim.conflicts)}`]);
  if (claim.supersedes.length) lines.push(["newer", `newer than ${listed(claim.supersedes)}`]);
  const newer = replacedBy.get(at);
  if (newer !== undefined) lines.push(["replaced", `later given as ${named(newer)}`]);
  if (claim.partOf.length) lines.push(["part", `counts a part of ${listed(claim.partOf)}`]);
  return lines;
}

/** For each claim that a later one replaced, that one. */
export function replacements(claims: readonly Claim[]): Map<number, number> {
  const found = new Map<number, number>();
  claims.forEach((claim, at) => { for (const old of claim.supersedes) found.set(old, at); });
  return found;
}

/** Rows a screenful at a time: all of them at once would take seconds in a large graph. */
export function inPortions<T>(root: HTMLElement, rows: readonly T[], portion: number, made: (row: T) => HTMLElement): void {
  let shown = 0;
  const more = element("button", "more");
  more.type = "button";
  const last = /^[OU]L$/.test(root.tagName) ? element("li", "", [more]) : more; // a list holds nothing else
  const add = (): void => {
    const next = rows.slice(shown, shown + portion);
    last.remove();
    const added = next.map(made);
    root.append(...added);
    shown += next.length;
    if (shown < rows.length) {
      more.textContent = `Show more (${(rows.length - shown).toLocaleString("en")} left)`;
      root.append(last);
    }
  };
  more.addEventListener("click", () => {
    const before = root.children.length - 1;
    add();
    const first = root.children[before];
    if (first instanceof HTMLElement) (first.querySelector<HTMLElement>("button") ?? first).focus();
  });
  add();
}
