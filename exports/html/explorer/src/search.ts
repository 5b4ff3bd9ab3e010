// The field that finds people, places, events and articles by how their names begin.
import { element, plain, type App } from "./app";

const MOST = 12;

export interface Hit {
  readonly node: number; // or -1
  readonly article: number; // or -1
  readonly name: string;
  readonly kind: string;
}

/** The names of everything, made ready for typing. */
export class Finder {
  private readonly names: string[];
  private readonly others: string[];
  private readonly titles: string[];

  constructor(private readonly app: App) {
    const { data } = app;
    this.names = data.nodes.map((node) => plain(node.name));
    this.others = data.nodes.map((_, at) => data.aliasesOf(at).map(plain).join("\n"));
    this.titles = data.articles.map((article) => plain(article.title));
  }

  find(typed: string): Hit[] {
    const wanted = plain(typed).trim();
    if (!wanted) return [];
    const { data } = this.app;
    const scored: [number, number, number][] = []; // how far from what was typed, weight, node
    this.names.forEach((name, node) => {
      const far = this.far(name, wanted) ?? (this.others[node] && this.far(this.others[node], wanted) !== null ? 3 : null);
      if (far !== null) scored.push([far + (data.isEvent(node) ? 4 : 0), -data.nodes[node].weight, node]);
    });
    scored.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
    const hits: Hit[] = scored.slice(0, MOST).map(([, , node]) => {
      const { name, kind, when } = data.nodes[node];
      return { node, article: -1, name, kind: when ? `${kind}, ${when}` : kind };
    });
    for (let at = 0; at < this.titles.length && hits.length < MOST; at++) {
      if (this.far(this.titles[at], wanted) !== null) {
        hits.push({ node: -1, article: at, name: data.articles[at].title, kind: "article" });
      }
    }
    return hits;
  }

  /** 0 the name itself, 1 it begins so, 2 its words do; null for none of them. */
  private far(name: string, wanted: string): number | null {
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (!name.includes(wanted) && !wanted.includes(" ")) return null;
    const words = name.split(/[^\p{L}\p{N}]+/u);
    return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 2 : null;
  }
}

export class Search {
  readonly root = element("div", "search");
  readonly input = element("input");
  private readonly list = element("ul");
  private finder: Finder | null = null;
  private hits: Hit[] = [];
  private current = 0;

  constructor(private readonly app: App) {
    const { input, list } = this;
    input.type = "search";
    input.placeholder = "Search people, places, events";
    input.autocomplete = "off";
    input.spellcheck = false;
    for (const [name, value] of Object.entries({
      "aria-label": "Search people, places, events and articles", role: "combobox", "aria-expanded": "false",
      "aria-controls": "found", "aria-autocomplete": "list",
    })) input.setAttribute(name, value);
    list.id = "found";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    this.root.append(input, list);
    input.addEventListener("input", () => this.look());
    input.addEventListener("focus", () => this.look());
    input.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget as globalThis.Node | null)) this.close();
    });
  }

  private look(): void {
    this.finder ??= new Finder(this.app);
    this.hits = this.finder.find(this.input.value);
    this.current = 0;
    this.show();
  }

  private show(): void {
    const { list, input } = this;
    list.replaceChildren();
    this.hits.forEach((hit, at) => {
      const row = element("li", at === this.current ? "current" : "", [
        element("span", "", hit.name || "(no title)"), element("small", "", hit.kind),
      ]);
      row.id = `found-${at}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(at === this.current));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(at); });
      list.append(row);
    });
    const typed = input.value.trim();
    if (typed && !this.hits.length) {
      const none = element("li", "none", "Nothing by that name");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      list.append(none);
    }
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (this.hits.length && !list.hidden) input.setAttribute("aria-activedescendant", `found-${this.current}`);
    else input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.current = (this.current + step + this.hits.length) % this.hits.length;
      this.show();
      this.list.children[this.current].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.hits.length) {
      event.preventDefault();
      this.take(this.current);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = "";
      this.close();
      this.input.blur();
    }
  }

  private take(at: number): void {
    const { node, article } = this.hits[at];
    this.input.value = "";
    this.close();
    this.input.blur();
    if (node >= 0) this.app.select(node);
    else this.app.openArticle(article);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
