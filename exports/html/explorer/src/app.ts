// What panels and the page around them know of each other.
import type { Data, Passage } from "./data";

export type Change = "selection" | "filter" | "theme" | "size" | "article";

export interface Panel {
  readonly name: string; // in the address: #panel=graph
  readonly title: string; // on its tab
  /** Called once, when the panel is first shown. */
  mount(root: HTMLElement, app: App): void;
  show(): void;
  hide(): void;
  /** Called only while the panel is shown; show() has to look at everything anew. */
  changed(what: Change): void;
}

export interface App {
  readonly data: Data;
  readonly selection: number | null; // position in data.nodes
  readonly theme: "light" | "dark";
  /** Select a node for all panels, or nothing. */
  select(node: number | null): void;
  /** Show an article, and where given these characters of it, marked. */
  openArticle(article: number, at?: Passage | null): void;
  /** Whether a node passes the filters. */
  passes(node: number): boolean;
  /** Whether an article passes the filters (publisher). */
  passesArticle(article: number): boolean;
  /** The colour of a node in this theme, as #rrggbb. */
  colour(node: number): string;
  /** The value of a custom property of the style sheet in this theme: app.token("ink") is --ink. */
  token(name: string): string;
}

/** An element with classes, text and children; text is only ever text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  classes = "",
  content: string | readonly (globalThis.Node | string)[] = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  return made;
}

export const SVG = "http://www.w3.org/2000/svg";

/** An element of an SVG with attributes and text. */
export function drawn<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number> = {},
  text = "",
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}

/** "1 event", "2 events". */
export function counted(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** The same in upper and lower case and with or without accents, for comparing what somebody typed. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
