// What the page shows, and how the address after # says so, so that it can be sent to somebody.
import type { Data, Passage } from "./data";

export interface State {
  panel: string;
  selection: number | null;
  article: number | null;
  at: Passage | null; // in the article
  hidden: Set<string>; // categories
  from: string; // YYYY-MM-DD or nothing
  to: string;
  publisher: number | null;
}

export const EMPTY: Readonly<Omit<State, "hidden">> = {
  panel: "graph", selection: null, article: null, at: null, from: "", to: "", publisher: null,
};
const A_DAY = /^\d{4}-\d{2}-\d{2}$/;
const A_PASSAGE = /^(\d{1,9})(?:-(\d{1,9})(?:\.(\d{1,9})-(\d{1,9}))?)?$/; // start, start-end or start-end.start-end

function passage(said: string | null): Passage | null {
  const found = A_PASSAGE.exec(said ?? "");
  if (!found) return null;
  const [start, end, first, last] = found.slice(1).map((each) => (each === undefined ? undefined : Number(each)));
  return { start: start!, end: Math.max(start!, end ?? 0), figure: first === undefined ? undefined : [first, Math.max(first, last!)] };
}

function named({ start, end, figure }: Passage): string {
  return `${start}${end > start ? `-${end}${figure ? `.${figure[0]}-${figure[1]}` : ""}` : ""}`;
}

/** What an address says; whatever it names that is not there is passed over. */
export function read(hash: string, data: Data, panels: readonly string[], categories: readonly string[]): State {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const found = (ids: readonly { id: string }[], id: string | null): number | null => {
    const at = id === null ? -1 : ids.findIndex((each) => each.id === id);
    return at < 0 ? null : at;
  };
  const day = (name: string): string => (A_DAY.test(said.get(name) ?? "") ? said.get(name)! : "");
  const publisher = data.publishers.indexOf(said.get("by") ?? "");
  return {
    panel: panels.find((name) => name === said.get("panel")) ?? EMPTY.panel,
    selection: found(data.nodes, said.get("node")),
    article: found(data.articles, said.get("article")),
    at: passage(said.get("at")),
    hidden: new Set((said.get("hide") ?? "").split(",").filter((name) => categories.includes(name))),
    from: day("from"),
    to: day("to"),
    publisher: publisher < 0 ? null : publisher,
  };
}

/** The address that `read` takes for this state; nothing for the state in which the page opens. */
export function written(state: State, data: Data): string {
  const said = new URLSearchParams();
  if (state.panel !== EMPTY.panel) said.set("panel", state.panel);
  if (state.selection !== null) said.set("node", data.nodes[state.selection].id);
  if (state.panel === "articles" && state.article !== null) {
    said.set("article", data.articles[state.article].id);
    if (state.at) said.set("at", named(state.at));
  }
  if (state.hidden.size) said.set("hide", [...state.hidden].sort().join(","));
  if (state.from) said.set("from", state.from);
  if (state.to) said.set("to", state.to);
  if (state.publisher !== null) said.set("by", data.publishers[state.publisher]);
  return said.size ? `#${said}` : "";
}
