// The panel of articles: a list to choose from, and the text with everything marked that is in the graph.
import { counted, element, plain, type App, type Change, type Panel } from "./app";
import { inPortions, webAddress } from "./pieces";
import { category } from "./filters";

const PORTION = 60;

/** What the panel needs to know beyond App. */
export interface Reading extends App {
  readonly article: number | null;
  readonly at: number; // characters into the text, or -1
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
  private titles: string[] = [];
  private buttons = new Map<number, HTMLButtonElement>();

  mount(root: HTMLElement, app: App): void {
    this.app = app as Reading;
    this.root = root;
    const { data } = app;
    root.classList.add("articles");
    const day = (at: number): string => data.articles[at].published ?? "";
    this.order = data.articles.map((_, at) => at).sort((one, other) => (day(one) > day(other) ? -1 : day(one) < day(other) ? 1 : one - other));
    this.titles = data.articles.map((article) => plain(`${article.title} ${article.source}`));
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
    this.fill();
    this.read();
  }

  hide(): void {}

  changed(what: Change): void {
    if (what === "filter") this.fill();
    if (what === "selection") {
      if (this.only.checked || this.only.disabled !== (this.app.selection === null)) this.fill();
      this.mark();
    }
    if (what === "article") this.read();
  }

  private fill(): void {
    const { app, list } = this;
    const { data, selection } = app;
    this.only.disabled = selection === null;
    if (selection === null) this.only.checked = false;
    const wanted = plain(this.filter.value).trim();
    const about = this.only.checked && selection !== null ? new Set(data.articlesOf(selection)) : null;
    const shown = this.order.filter((at) => app.passesArticle(at) && (!wanted || this.titles[at].includes(wanted)) && (!about || about.has(at)));
    list.replaceChildren();
    this.buttons.clear();
    if (!shown.length) {
      list.append(element("li", "empty", data.articles.length ? "No article passes the filters." : "There is no article in this graph yet."));
      return;
    }
    inPortions(list, shown, PORTION, (at) => {
      const { title, source, when } = data.articles[at];
      const small = [title === source ? "" : source, when].filter(Boolean).join(" · ");
      const button = element("button", "", [element("strong", "", title || source), element("small", "", small)]);
      button.type = "button";
      button.addEventListener("click", () => app.readArticle(at));
      this.buttons.set(at, button);
      return element("li", "", [button]);
    });
    this.current();
  }

  private current(): void {
    for (const [at, button] of this.buttons) {
      if (at === this.app.article) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  private read(): void {
    const { app, reader } = this;
    const { data, article: at } = app;
    reader.replaceChildren();
    this.root.classList.toggle("reading", at !== null);
    this.current();
    if (at === null) {
      reader.append(element("p", "empty", data.articles.length ? "Choose an article to read it with its names and events marked." : "There is no article in this graph yet."));
      return;
    }
    const article = data.articles[at];
    const back = element("button", "back", "‹ All articles");
    back.type = "button";
    back.addEventListener("click", () => app.readArticle(null));
    const line = element("p", "soft", [article.publisher === undefined ? "" : article.source, article.when, article.byline].filter(Boolean).join(" · "));
    const address = webAddress(article.url);
    if (address) {
      const anchor = element("a", "", "as published");
      anchor.href = address.href;
      anchor.rel = "noreferrer noopener";
      line.append(" · ", anchor);
    }
    const things = new Set(article.mentions.map((mention) => mention.node));
    reader.append(back, element("h2", "", article.title || "Without a title"), line,
      element("p", "soft", `${counted(things.size, "name or event", "names and events")} marked; choose one to see all that is known of it.`),
      this.text(at));
    this.mark();
    reader.scrollTop = 0;
    const target = app.at < 0 ? null : this.nearest(app.at);
    if (target) {
      target.scrollIntoView({ block: "center" });
      target.classList.add("here");
      target.focus({ preventScroll: true });
    }
  }

  /** The text, each mention a button; of those that overlap the first and longest. */
  private text(at: number): HTMLElement {
    const { app } = this;
    const { text, title, mentions } = app.data.articles[at];
    const body = element("div", "text");
    // The title stands above already.
    let from = title && text.startsWith(title) ? title.length : 0;
    while (from < text.length && /\s/.test(text[from])) from++;
    for (const mention of mentions) {
      if (mention.start < from || mention.end <= mention.start) continue;
      body.append(text.slice(from, mention.start));
      const button = element("button", `mention ${category(app.data, mention.node)}`, text.slice(mention.start, mention.end));
      button.type = "button";
      button.dataset.node = String(mention.node);
      button.dataset.start = String(mention.start);
      button.title = app.data.nodes[mention.node].name;
      button.addEventListener("click", () => app.select(mention.node));
      body.append(button);
      from = mention.end;
    }
    body.append(text.slice(from));
    return body;
  }

  private nearest(start: number): HTMLElement | null {
    let best: HTMLElement | null = null;
    let least = Infinity;
    for (const button of this.reader.querySelectorAll<HTMLElement>(".mention")) {
      const far = Math.abs(Number(button.dataset.start) - start);
      if (far < least) [best, least] = [button, far];
    }
    return best;
  }

  private mark(): void {
    for (const button of this.reader.querySelectorAll<HTMLElement>(".mention")) {
      button.classList.toggle("selected", Number(button.dataset.node) === this.app.selection);
    }
  }
}

export const articles = new Articles();
