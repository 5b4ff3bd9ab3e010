// What the page is about: the graph as it is embedded, and lookups over it.

export const KINDS = [
  "person", "place", "organization", "group", "facility", "product", "work", "other", "event",
] as const;
export type Kind = (typeof KINDS)[number];
export const FAMILIES = ["conflict", "harm", "diplomacy", "society"] as const; // of events: which kind of news
export type Family = (typeof FAMILIES)[number];

export interface Node {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly about: string; // event: type and mode ("assault: drone"); entity: description, or nothing
  readonly family?: Family; // of an event
  readonly status?: string; // of an event that is not simply said to have happened: planned, denied …
  readonly from?: string; // YYYY-MM-DD; of an event, where known
  readonly to?: string;
  readonly when: string; // the same as words; nothing where unknown
  readonly weight: number; // articles that tell of it
  readonly x: number;
  readonly y: number;
  readonly lat?: number; // degrees, of a place
  readonly lon?: number;
  readonly storyline?: number; // position in data.storylines
}

export type Edge = readonly [from: number, to: number, role: number, weight: number];

// Characters start:end of the text of an article (UTF-16 units, as strings of JavaScript count), and what they name.
export interface Mention {
  readonly article: number;
  readonly start: number;
  readonly end: number;
  readonly node: number;
}

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string; // its title first where it has one
  readonly published?: string; // YYYY-MM-DD
  readonly when: string; // the same as words
  readonly publisher?: number; // position in data.publishers
  readonly source: string; // the publisher's name, or the title where nobody is named
  readonly byline: string;
  readonly url: string; // http(s), or nothing
  readonly breaks: readonly number[]; // where sentences begin, 0 among them
  readonly mentions: readonly Mention[]; // by start
  readonly file: string; // the name of the file that it was read from, where it has no title
}

// Characters of the text of an article, and those among them that matter most.
export interface Passage {
  readonly start: number;
  readonly end: number; // start where the end is unknown
  readonly figure?: readonly [start: number, end: number];
}

export interface Claim {
  readonly about: number; // node
  readonly property: string; // "killed"
  readonly value: string; // "at least 60"
  readonly unit: string;
  readonly qualifier: string; // "at least"; "exactly" where nothing is hedged
  readonly who: string; // who says so; nothing for the article itself
  readonly speaker?: number; // node
  readonly article: number;
  readonly start: number; // where the words are in the text of the article; start = end where that is unknown
  readonly end: number;
  readonly words: string;
  readonly asOf: string; // as words
  readonly origin: number; // the article that first carried the same report
  readonly agrees: readonly number[]; // claims
  readonly conflicts: readonly number[];
  readonly supersedes: readonly number[];
  readonly partOf: readonly number[]; // claims that count all of what this one counts a part of
  readonly passage?: Passage; // its words and its number, where they are known
}

export const VERDICTS = ["", "disagree", "updated", "agree"] as const;

// The claims about one property of one thing, in the order in which they are to be read.
export interface Row {
  readonly about: number; // node
  readonly property: string; // "killed"
  readonly verdict: (typeof VERDICTS)[number];
  readonly best: readonly string[]; // what the claims bear out, and why: "at least 60: two sources say so"
  readonly claims: readonly number[]; // positions in data.claims
}

export interface Fact {
  readonly subject: number;
  readonly predicate: string;
  readonly object: number; // node, or -1 where it is only a text
  readonly text: string;
  readonly proof: readonly Mention[]; // the mentions that say so, some of them
}

export interface Part {
  readonly role: string;
  readonly node: number; // or -1: somebody whom the graph does not know
  readonly name: string;
}

// The embedded form: columns instead of objects, positions instead of ids, days as numbers since 1970, -1 for none.
export interface Embedded {
  summary: string;
  sources: string;
  disputes: string;
  strings: string[]; // words that many rows share
  roles: string[];
  publishers: string[];
  storylines: string[];
  nodes: {
    id: string[]; name: string[]; kind: number[]; about: number[]; family: number[]; status: number[];
    from: (number | null)[]; to: (number | null)[]; when: number[]; weight: number[]; x: number[]; y: number[];
    storyline: number[];
  };
  located: [node: number, lat: number, lon: number][];
  aliases: [node: number, names: string[]][];
  links: [node: number, links: string[]][];
  edges: number[]; // four for each
  unnamed: [event: number, role: number, text: string][];
  articles: [
    id: string, title: string, text: string, published: number | null, when: number, publisher: number, byline: string,
    url: string, breaks: number[], mentions: number[], file: string, // of a mention: start after the last one's start, length, node
  ][];
  claims: [
    value: string, unit: number, qualifier: number, who: number, speaker: number, article: number, start: number,
    end: number, words: string, asOf: number, origin: number, agrees: number[], conflicts: number[],
    supersedes: number[], partOf: number[], figure: number[], // words only where the article has others; figure: start, end
  ][];
  rows: [about: number, property: number, verdict: number, best: string[], first: number, count: number][];
  facts: [subject: number, predicate: number, object: number, text: string, proof: number[]][]; // article, start, end
}

const DAY = 86_400_000;

/** 2024-05-14, from days since 1970. */
export function isoDay(days: number | null): string | undefined {
  if (days === null) return undefined;
  const at = new Date(0);
  at.setUTCDate(1 + days);
  const year = at.getUTCFullYear();
  return `${String(year).padStart(4, "0")}-${String(at.getUTCMonth() + 1).padStart(2, "0")}-${String(at.getUTCDate()).padStart(2, "0")}`;
}

/** Days since 1970 of a day like 2024-05-14. */
export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
}

/** The first words of a text. */
export function opening(text: string): string {
  const line = text.split("\n", 1)[0];
  return line.length > 60 ? `${line.slice(0, 60).replace(/\s+\S*$/, "")}…` : line;
}

export class Data {
  readonly summary: string;
  readonly sources: string;
  readonly disputes: string;
  readonly roles: readonly string[];
  readonly publishers: readonly string[];
  readonly storylines: readonly string[]; // their labels
  readonly nodes: readonly Node[]; // entities first, events after them
  readonly firstEvent: number; // nodes from here on are events
  readonly edges: readonly Edge[];
  readonly articles: readonly Article[];
  readonly claims: readonly Claim[];
  readonly rows: readonly Row[];
  readonly facts: readonly Fact[];
  private readonly aliases: Map<number, string[]>;
  private readonly links: Map<number, string[]>;
  private readonly unnamed: Map<number, Part[]>;
  private readonly byNode: Index; // edges
  private readonly rowIndex: Index;
  private readonly factIndex: Index;
  private readonly mentionIndex: Index;
  private readonly allMentions: Mention[] = [];

  constructor(embedded: Embedded) {
    const { strings } = embedded;
    this.summary = embedded.summary;
    this.sources = embedded.sources;
    this.disputes = embedded.disputes;
    this.roles = embedded.roles;
    this.publishers = embedded.publishers;
    this.storylines = embedded.storylines;
    const places = new Map(embedded.located.map(([node, lat, lon]) => [node, { lat, lon }]));
    const columns = embedded.nodes;
    this.nodes = columns.id.map((id, at) => ({
      id,
      kind: KINDS[columns.kind[at]],
      name: columns.name[at],
      about: strings[columns.about[at]],
      family: columns.family[at] < 0 ? undefined : FAMILIES[columns.family[at]],
      status: strings[columns.status[at]] || undefined,
      from: isoDay(columns.from[at]),
      to: isoDay(columns.to[at]),
      when: strings[columns.when[at]],
      weight: columns.weight[at],
      x: columns.x[at],
      y: columns.y[at],
      lat: places.get(at)?.lat,
      lon: places.get(at)?.lon,
      storyline: columns.storyline[at] < 0 ? undefined : columns.storyline[at],
    }));
    const first = this.nodes.findIndex((node) => node.kind === "event");
    this.firstEvent = first < 0 ? this.nodes.length : first;
    const edges: Edge[] = [];
    for (let at = 0; at < embedded.edges.length; at += 4) {
      edges.push([embedded.edges[at], embedded.edges[at + 1], embedded.edges[at + 2], embedded.edges[at + 3]]);
    }
    this.edges = edges;
    this.articles = embedded.articles.map((row, article) => {
      const [id, title, text, published, when, publisher, byline, url, breaks, flat, file] = row;
      const mentions: Mention[] = [];
      let start = 0;
      for (let at = 0; at < flat.length; at += 3) {
        start += flat[at];
        const mention = { article, start, end: start + flat[at + 1], node: flat[at + 2] };
        mentions.push(mention);
        this.allMentions.push(mention);
      }
      const source = publisher < 0 ? opening(title || text) || id : embedded.publishers[publisher];
      return {
        id, title, text, published: isoDay(published), when: strings[when],
        publisher: publisher < 0 ? undefined : publisher, source, byline, url, breaks, mentions, file,
      };
    });
    const claims: Claim[] = [];
    this.rows = embedded.rows.map(([about, property, verdict, best, first, count]) => {
      const positions = Array.from({ length: count }, (_, next) => first + next);
      for (const at of positions) {
        const row = embedded.claims[at];
        const [start, end, figure] = [row[6], row[7], row[15]];
        claims.push({
          about, property: strings[property], value: row[0], unit: strings[row[1]], qualifier: strings[row[2]],
          who: strings[row[3]], speaker: row[4] < 0 ? undefined : row[4], article: row[5], start, end,
          words: row[8] || this.articles[row[5]].text.slice(start, end), asOf: strings[row[9]], origin: row[10],
          agrees: row[11], conflicts: row[12], supersedes: row[13], partOf: row[14],
          passage: end > start ? { start, end, figure: figure.length ? [figure[0], figure[1]] : undefined } : undefined,
        });
      }
      return { about, property: strings[property], verdict: VERDICTS[verdict], best, claims: positions };
    });
    this.claims = claims;
    this.facts = embedded.facts.map(([subject, predicate, object, text, flat]) => {
      const proof: Mention[] = [];
      for (let at = 0; at < flat.length; at += 3) {
        proof.push({ article: flat[at], start: flat[at + 1], end: flat[at + 2], node: subject });
      }
      return { subject, predicate: strings[predicate], object, text, proof };
    });
    this.aliases = new Map(embedded.aliases);
    this.links = new Map(embedded.links);
    this.unnamed = new Map();
    for (const [event, role, name] of embedded.unnamed) {
      const parts = this.unnamed.get(event) ?? [];
      parts.push({ role: this.roles[role], node: -1, name });
      this.unnamed.set(event, parts);
    }
    const size = this.nodes.length;
    this.byNode = new Index(size, edges.length, (at, add) => { add(edges[at][0]); if (edges[at][1] !== edges[at][0]) add(edges[at][1]); });
    this.rowIndex = new Index(size, this.rows.length, (at, add) => add(this.rows[at].about));
    this.factIndex = new Index(size, this.facts.length, (at, add) => {
      const { subject, object } = this.facts[at];
      add(subject);
      if (object >= 0 && object !== subject) add(object);
    });
    this.mentionIndex = new Index(size, this.allMentions.length, (at, add) => add(this.allMentions[at].node));
  }

  /** Every other spelling of an entity. */
  aliasesOf(node: number): readonly string[] { return this.aliases.get(node) ?? []; }

  /** Addresses of the same thing elsewhere, http(s) only. */
  linksOf(node: number): readonly string[] { return this.links.get(node) ?? []; }

  /** Positions in data.edges of the edges of a node. */
  edgesOf(node: number): ArrayLike<number> { return this.byNode.of(node); }

  /** Nodes joined to a node, each once. */
  neighbours(node: number): number[] {
    const found = new Set<number>();
    for (const at of Array.from(this.edgesOf(node))) {
      const [from, to] = this.edges[at];
      found.add(from === node ? to : from);
    }
    return [...found];
  }

  /** The claims about a node, by property. */
  rowsAbout(node: number): Row[] { return Array.from(this.rowIndex.of(node), (at) => this.rows[at]); }

  factsOf(node: number): Fact[] { return Array.from(this.factIndex.of(node), (at) => this.facts[at]); }

  /** Where a node is spoken of, by article and start. */
  mentionsOf(node: number): Mention[] { return Array.from(this.mentionIndex.of(node), (at) => this.allMentions[at]); }

  /** Articles that speak of a node, each once. */
  articlesOf(node: number): number[] { return [...new Set(this.mentionsOf(node).map((mention) => mention.article))]; }

  /** Who takes part in an event in which role, the unnamed last. */
  partsOf(event: number): Part[] {
    const parts: Part[] = [];
    for (const at of Array.from(this.edgesOf(event))) {
      const [from, to, role] = this.edges[at];
      const other = from === event ? to : from;
      if (this.isEvent(other)) continue;
      parts.push({ role: this.roles[role], node: other, name: this.nodes[other].name });
    }
    return [...parts, ...(this.unnamed.get(event) ?? [])];
  }

  isEvent(node: number): boolean { return node >= this.firstEvent; }

  /** Start and end of the sentence around characters of an article. */
  sentence(article: number, start: number, end: number): [number, number] {
    const { breaks, text } = this.articles[article];
    let first = 0;
    let last = text.length;
    for (const at of breaks) {
      if (at <= start) first = at;
      else if (at >= end) { last = at; break; }
    }
    return [first, last];
  }
}

/** Rows by node, in two flat arrays: sixty thousand small arrays would cost more than the rows. */
class Index {
  private readonly starts: Uint32Array;
  private readonly rows: Uint32Array;

  constructor(nodes: number, count: number, each: (row: number, add: (node: number) => void) => void) {
    const starts = new Uint32Array(nodes + 1);
    for (let row = 0; row < count; row++) each(row, (node) => { starts[node + 1]++; });
    for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
    const next = starts.slice();
    this.rows = new Uint32Array(starts[nodes]);
    for (let row = 0; row < count; row++) each(row, (node) => { this.rows[next[node]++] = row; });
    this.starts = starts;
  }

  of(node: number): Uint32Array { return this.rows.subarray(this.starts[node], this.starts[node + 1]); }
}
