// The page around the panels: heading, search, filters, tabs, and the one selection that all of them share.
import { counted, element, type App, type Change, type Panel } from "./app";
import { articles, type Reading } from "./articles";
import { claims } from "./claims";
import { Data, type Embedded, type Passage } from "./data";
import { CATEGORIES, category, Filters, passing } from "./filters";
import { graph } from "./graph";
import { map } from "./map";
import { Search } from "./search";
import { Side } from "./side";
import { read, written, type State } from "./state";
import { chosen, DARK, keep, type Theme, wanted } from "./theme";
import { timeline } from "./timeline";
import "./main.css";
import "./parts.css";
import "./timeline.css";
import "./map.css";

const PANELS: readonly Panel[] = [graph, timeline, map, claims, articles];

class Explorer implements App, Reading {
  theme: Theme = chosen() ?? wanted();
  private readonly state: State;
  private pass: Uint8Array;
  private readonly colours = new Map<string, string>();
  private readonly roots = new Map<Panel, HTMLElement>();
  private readonly tabs = new Map<Panel, HTMLButtonElement>();
  private readonly mounted = new Set<Panel>();
  private shown: Panel | null = null;
  private readonly side: Side;
  private readonly search: Search;
  private readonly filters: Filters;
  private readonly filterBox = element("details", "filter-box");
  private readonly themeButton = element("button", "theme");

  constructor(readonly data: Data) {
    document.documentElement.dataset.theme = this.theme;
    this.state = this.fromAddress();
    this.pass = passing(data, this.state);
    this.side = new Side(this);
    this.search = new Search(this);
    this.filters = new Filters(data, this.state, () => this.filtered(true));
    this.build();
    this.open(PANELS.find((panel) => panel.name === this.state.panel)!);
    this.side.update();
    this.side.open(this.state.selection !== null);
    window.addEventListener("hashchange", () => this.goTo());
    window.addEventListener("popstate", () => this.goTo());
    window.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.tell("size")).observe(this.roots.get(PANELS[0])!.parentElement!);
    DARK.addEventListener("change", () => { if (chosen() === null) this.setTheme(wanted()); });
  }

  get selection(): number | null { return this.state.selection; }
  get article(): number | null { return this.state.article; }
  get at(): Passage | null { return this.state.at; }

  select(node: number | null): void {
    if (node === this.state.selection) {
      this.side.open(node !== null);
      return;
    }
    this.state.selection = node;
    this.side.update();
    this.side.open(node !== null);
    this.tell("selection");
    this.remember(true);
  }

  openArticle(article: number, at: Passage | null = null): void {
    this.state.article = article;
    this.state.at = at;
    this.side.open(false);
    if (this.shown === articles) this.tell("article");
    else this.open(articles);
    this.remember(true);
  }

  readArticle(article: number | null): void {
    this.state.article = article;
    this.state.at = null;
    this.tell("article");
    this.remember(true);
  }

  passes(node: number): boolean { return this.pass[node] === 1; }

  passesArticle(article: number): boolean {
    return this.state.publisher === null || this.data.articles[article].publisher === this.state.publisher;
  }

  colour(node: number): string { return this.token(category(this.data, node)); }

  token(name: string): string {
    let value = this.colours.get(name);
    if (value === undefined) {
      value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
      this.colours.set(name, value);
    }
    return value;
  }

  private build(): void {
    const { data, themeButton, filterBox } = this;
    const { sources, disputes, summary } = data;
    const line = element("p", "", [element("span", "", sources)]);
    if (disputes) {
      const button = element("button", "disputes", disputes);
      button.type = "button";
      button.addEventListener("click", () => { this.open(claims); this.remember(true); });
      line.append(button);
    }
    themeButton.type = "button";
    themeButton.addEventListener("click", () => {
      this.setTheme(this.theme === "light" ? "dark" : "light");
      keep(this.theme);
    });
    const header = element("header", "", [
      element("div", "mark", "newsgraph"),
      element("div", "summary", [element("h1", "", data.articles.length ? summary : "No article in this graph yet"), line]),
      this.search.root, themeButton,
    ]);
    const tabs = element("div", "tabs");
    tabs.setAttribute("role", "tablist");
    tabs.setAttribute("aria-label", "Views");
    const panels = element("main", "panels");
    PANELS.forEach((panel) => {
      const tab = element("button", "", panel.title);
      tab.type = "button";
      tab.id = `tab-${panel.name}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", `panel-${panel.name}`);
      tab.addEventListener("click", () => { this.open(panel); this.remember(true); });
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const next = PANELS[(PANELS.indexOf(panel) + step + PANELS.length) % PANELS.length];
        this.open(next);
        this.remember(true);
        this.tabs.get(next)!.focus();
      });
      const root = element("section", `panel panel-${panel.name}`);
      root.id = `panel-${panel.name}`;
      root.setAttribute("role", "tabpanel");
      root.setAttribute("aria-labelledby", tab.id);
      root.hidden = true;
      this.tabs.set(panel, tab);
      this.roots.set(panel, root);
      tabs.append(tab);
      panels.append(root);
    });
    filterBox.append(element("summary", "", "Filter"), this.filters.root);
    const filters = element("section", "", [filterBox]);
    filters.setAttribute("aria-label", "Filters");
    filters.hidden = !data.nodes.length;
    filterBox.open = matchMedia("(min-width: 901px)").matches;
    const bar = element("nav", "tab-bar", [tabs]);
    bar.setAttribute("aria-label", "Views");
    const help = element("footer", "help", [
      ...["Click on anything to see what is known of it", "/ search", "1–5 views", "Esc back", "drag to move, wheel or + − to zoom"].map((text) => element("span", "", text)),
    ]);
    document.body.append(header, bar, filters, element("div", "middle", [panels, this.side.root]), help);
    this.nameTheme();
  }

  private open(panel: Panel): void {
    if (this.shown === panel) return;
    if (this.shown) {
      this.shown.hide();
      this.roots.get(this.shown)!.hidden = true;
    }
    this.shown = panel;
    this.state.panel = panel.name;
    for (const [each, tab] of this.tabs) {
      tab.setAttribute("aria-selected", String(each === panel));
      tab.tabIndex = each === panel ? 0 : -1;
    }
    const root = this.roots.get(panel)!;
    root.hidden = false;
    document.body.dataset.panel = panel.name;
    if (!this.mounted.has(panel)) {
      this.mounted.add(panel);
      panel.mount(root, this);
    }
    panel.show();
  }

  private tell(what: Change): void { this.shown?.changed(what); }

  private filtered(remember: boolean): void {
    this.pass = passing(this.data, this.state);
    this.filters.update();
    if (this.state.selection === null) this.side.update();
    this.tell("filter");
    if (remember) this.remember(false);
  }

  private setTheme(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset.theme = theme;
    this.colours.clear();
    this.nameTheme();
    this.tell("theme");
  }

  private nameTheme(): void {
    this.themeButton.textContent = this.theme === "light" ? "☾" : "☀";
    const label = this.theme === "light" ? "Dark colours" : "Light colours";
    this.themeButton.setAttribute("aria-label", label);
    this.themeButton.title = label;
  }

  private fromAddress(): State {
    return read(location.hash, this.data, PANELS.map((panel) => panel.name), CATEGORIES);
  }

  private remember(isStep: boolean): void {
    const address = written(this.state, this.data);
    if (address === location.hash) return;
    const whole = location.pathname + location.search + address;
    if (isStep) history.pushState(null, "", whole);
    else history.replaceState(null, "", whole);
  }

  /** The address has changed: back, forward, or typed. */
  private goTo(): void {
    if (written(this.state, this.data) === location.hash) return;
    const { hidden, ...rest } = this.fromAddress();
    const { selection, article, at } = this.state;
    Object.assign(this.state, rest);
    this.state.hidden.clear();
    for (const name of hidden) this.state.hidden.add(name);
    if (rest.article === null && rest.panel !== "articles") Object.assign(this.state, { article, at });
    this.filtered(false);
    if (selection !== this.state.selection) {
      this.side.update();
      this.side.open(this.state.selection !== null);
      this.tell("selection");
    }
    const panel = PANELS.find((each) => each.name === this.state.panel)!;
    if (this.shown === panel) this.tell("article");
    else this.open(panel);
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input:not([type=checkbox]), select, textarea")) return;
    const number = Number(event.key);
    if (event.key === "/") this.search.input.focus();
    else if (number >= 1 && number <= PANELS.length) {
      this.open(PANELS[number - 1]);
      this.remember(true);
      this.tabs.get(PANELS[number - 1])!.focus();
    } else if (event.key === "Escape" && this.state.selection !== null) this.select(null);
    else return;
    event.preventDefault();
  }
}

const holder = document.getElementById("data")!;
const data = new Data(JSON.parse(holder.textContent!) as Embedded);
holder.remove(); // millions of characters that nobody needs twice
document.title = data.articles.length ? `newsgraph: ${counted(data.articles.length, "article", "articles")}` : "newsgraph";
new Explorer(data);
