// The panel of articles: a list to choose from, and the text with everything marked that is in the graph.
import { counted, element, plain, type App, type Change, type Panel } from "./app";
import { type Article, opening, type Passage } from "./data";
import { inPortions, webAddress } from "./pieces";
import { category } from "./filters";

const PORTION = 60;
const WIDE = matchMedia("(min-width: 901px)"); // as in the style sheet: the text stands beside the list

/** What the panel needs to know beyond App. */
export interface Reading extends App {
  readonly article: number | null;
  readonly at: Passage | null; // what of it to mark
  readArticle(article: number | null): void;
}

class Articles implements Panel {
  readonly name = "articles";
  readonly title = "Articles";
  private app!: Reading;
  private readonly list = element("ul", "article-list");
  private readonly filter = element("input");
  private readonly only = element("input");
  private readonly reader = element("article", "reader");
  private root!: HTMLElement;
  private order: number[] = [];
  private shown: number[] = []; // of these, those in the list
  private inReader: number | null = null;
  private titles: string[] = [];
  private buttons = new Map<number, HTMLButtonElement>();

  mount(root: HTMLElement, app: App): void {
    this.app = app as Reading;
    this.root = root;
    const { data } = app;
    root.classList.add("articles");
    const day = (at: number): string => data.articles[at].published ?? "";
    this.order = data.articles.map((_, at) => at).sort((one, other) => (day(one) > day(other) ? -1 : day(one) < day(other) ? 1 : one - other));
    this.titles = data.articles.map((article) => plain(`${article.title || article.file} ${article.source}`));
    this.filter.type = "search";
    this.filter.placeholder = "Filter by title or publisher";
    this.filter.setAttribute("aria-label", "Filter articles by title or publisher");
    this.filter.addEventListener("input", () => this.fill());
    this.only.type = "checkbox";
    this.only.addEventListener("change", () => this.fill());
    this.reader.tabIndex = -1;
    const left = element("div", "article-side", [
      this.filter, element("label", "only", [this.only, " only those on what is selected"]), this.list,
    ]);
    root.append(left, this.reader);
  }

  show(): void {
    this.inReader = null;
    this.fill();
    if (this.inReader === null) this.read();
    this.toPassage();
  }

  hide(): void {}

  changed(what: Change): void {
    if (what === "filter") this.fill();
    if (what === "selection") {
      if (this.only.checked || this.only.disabled !== (this.app.selection === null)) this.fill();
      this.mark();
    }
    if (what === "size" && this.open() !== this.inReader) this.read();
    if (what === "article") {
      this.read();
      this.toPassage();
    }
  }

  /** The article to show: the chosen one, else the first of the list where that leaves room for one beside it. */
  private open(): number | null { return this.app.article ?? (WIDE.matches ? this.shown[0] ?? null : null); }

  private fill(): void {
    const { app, list } = this;
    const { data, selection } = app;
    this.only.disabled = selection === null;
    if (selection === null) this.only.checked = false;
    const wanted = plain(this.filter.value).trim();
    const about = this.only.checked && selection !== null ? new Set(data.articlesOf(selection)) : null;
    this.shown = this.order.filter((at) => app.passesArticle(at) && (!wanted || this.titles[at].includes(wanted)) && (!about || about.has(at)));
    const { shown } = this;
    list.replaceChildren();
    this.buttons.clear();
    if (this.open() !== this.inReader) this.read();
    if (!shown.length) {
      list.append(element("li", "empty", data.articles.length ? "No article passes the filters." : "There is no article in this graph yet."));
      return;
    }
    inPortions(list, shown, PORTION, (at) => {
      const { title, text, file, publisher, source, when } = data.articles[at];
      const small = [publisher === undefined ? "" : source, file, when].filter(Boolean).join(" · ");
      const button = element("button", "", [element("strong", "", title || opening(text) || "Without a title"), element("small", "", small)]);
      button.type = "button";
      button.addEventListener("click", () => app.readArticle(at));
      this.buttons.set(at, button);
      return element("li", "", [button]);
    });
    this.current();
  }

  private current(): void {
    for (const [at, button] of this.buttons) {
      if (at === this.inReader) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  private read(): void {
    const { app, reader } = this;
    const { data } = app;
    const at = this.inReader = this.open();
    reader.replaceChildren();
    reader.scrollTop = 0;
    this.root.classList.toggle("reading", app.article !== null);
    this.current();
    if (at === null) {
      reader.append(element("p", "empty", !data.articles.length ? "There is no article in this graph yet."
        : this.shown.length ? "Choose an article to read it with its names and events marked." : "No article passes the filters."));
      return;
    }
    const article = data.articles[at];
    const back = element("button", "back", "‹ All articles");
    back.type = "button";
    back.addEventListener("click", () => app.readArticle(null));
    const line = element("p", "soft", [article.publisher === undefined ? "" : article.source, article.file, article.when, article.byline].filter(Boolean).join(" · "));
    const address = webAddress(article.url);
    if (address) {
      const anchor = element("a", "", "as published");
      anchor.href = address.href;
      anchor.rel = "noreferrer noopener";
      line.append(" · ", anchor);
    }
    const things = new Set(article.mentions.map((mention) => mention.node));
    const passage = this.passage(at);
    reader.append(back, this.heading(article, passage), line,
      element("p", "soft", `${counted(things.size, "name or event", "names and events")} marked; choose one to see all that is known of it.`),
      this.text(article, passage));
    this.mark();
  }

  /** What is asked for of an article; where only its start is, what begins there, else the sentence. */
  private passage(article: number): Passage | null {
    const { app } = this;
    const { at } = app;
    if (article !== app.article || at === null) return null;
    if (at.end > at.start) return at;
    const mention = app.data.articles[article].mentions.find(({ start }) => start === at.start);
    const [start, end] = mention ? [mention.start, mention.end] : app.data.sentence(article, at.start, at.start + 1);
    return { start, end };
  }

  /** To the passage that is asked for. */
  private toPassage(): void {
    const first = this.app.at && this.app.article !== null ? this.reader.querySelector<HTMLElement>(".passage") : null;
    if (!first) return;
    const { top, height } = this.reader.getBoundingClientRect();
    this.reader.scrollTop += first.getBoundingClientRect().top - top - height / 3;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }

  private heading({ title, text }: Article, passage: Passage | null): HTMLElement {
    const isOpening = title !== "" && text.startsWith(title);
    return element("h2", "", isOpening ? marked(text, 0, title.length, passage) : title || "Without a title");
  }

  /** The text, each mention a button; of those that overlap the first and longest. */
  private text({ text, title, mentions }: Article, passage: Passage | null): HTMLElement {
    const { app } = this;
    const body = element("div", "text");
    // The title stands above already.
    let from = title && text.startsWith(title) ? title.length : 0;
    while (from < text.length && /\s/.test(text[from])) from++;
    for (const mention of mentions) {
      if (mention.start < from || mention.end <= mention.start) continue;
      body.append(...marked(text, from, mention.start, passage));
      const button = element("button", `mention ${category(app.data, mention.node)}`, marked(text, mention.start, mention.end, passage));
      button.type = "button";
      button.dataset.node = String(mention.node);
      button.title = app.data.nodes[mention.node].name;
      button.addEventListener("click", () => app.select(mention.node));
      body.append(button);
      from = mention.end;
    }
    body.append(...marked(text, from, text.length, passage));
    return body;
  }

  private mark(): void {
    for (const button of this.reader.querySelectorAll<HTMLElement>(".mention")) {
      button.classList.toggle("selected", Number(button.dataset.node) === this.app.selection);
    }
  }
}

/** Characters from:to of a text, those of the passage marked, its figure more so. */
function marked(text: string, from: number, to: number, passage: Passage | null): (globalThis.Node | string)[] {
  if (passage === null) return [text.slice(from, to)];
  const { start, end, figure = [start, start] } = passage;
  const ends = [...new Set([from, start, end, ...figure, to])].filter((at) => at >= from && at <= to).sort((one, other) => one - other);
  const parts: (globalThis.Node | string)[] = [];
  for (let at = 0; at + 1 < ends.length; at++) {
    const part = text.slice(ends[at], ends[at + 1]);
    const within = ([first, last]: readonly [number, number]): boolean => ends[at] >= first && ends[at] < last;
    const classes = within(figure) ? "passage number" : within([start, end]) ? "passage" : "";
    parts.push(classes ? element("mark", classes, part) : part);
  }
  return parts;
}

export const articles = new Articles();
