// The panel of the picture: sigma draws nodes and edges; what is selected and the names are drawn over it.
import { NodeSquareProgram } from "@sigma/node-square";
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";
import { counted, element, type App, type Change, type Panel } from "./app";
import { Labels, shortened, type Wanted } from "./labels";

const CROWD = 6_000; // edges, above which they are thin lines, and hidden while the picture moves
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const MOST_LABELS = 140;
const ROOM = 9000; // square pixels for a name

// Sigma finds the node under the pointer by drawing all of them a second time and reading a pixel back, for which the
// page has to wait: half a second a move where no graphics card draws. Here it is computed instead.
class Disc extends NodeCircleProgram {
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) { super(gl, null, renderer); }
}
class Square extends NodeSquareProgram {
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) { super(gl, null, renderer); }
}

class GraphPanel implements Panel {
  readonly name = "graph";
  readonly title = "Graph";
  private app!: App;
  private readonly canvas = element("div", "graph-canvas");
  private readonly note = element("p", "graph-note");
  private sigma: Sigma | null = null;
  private drawn: Uint8Array = new Uint8Array();
  private order: number[] = []; // nodes drawn, the most told of first
  private hovered: number | null = null;
  private context: CanvasRenderingContext2D | null = null;
  private readonly widths = new Map<string, number>();
  private loose = 0;
  private withLoose = false;
  private fitted: number | null = null;

  mount(root: HTMLElement, app: App): void {
    this.app = app;
    const { data } = app;
    root.classList.add("graph");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "Picture of the graph; arrow keys move it, plus and minus zoom, 0 shows all of it. Everything in it can be found by the search too.");
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    root.append(this.canvas, this.note);
    if (!data.nodes.length) {
      this.canvas.hidden = true;
      root.append(element("p", "empty", data.articles.length ? "The articles name nobody and tell of no event, so there is nothing to draw." : "There is no article in this graph yet."));
      return;
    }
    this.canvas.after(this.tools());
    for (let node = 0; node < data.nodes.length; node++) if (!data.edgesOf(node).length) this.loose++;
    this.withLoose = this.loose === data.nodes.length;
    this.start();
  }

  show(): void {
    this.sigma?.resize();
    this.changed("filter");
    this.bring(false);
  }

  hide(): void {}

  changed(what: Change): void {
    const { sigma } = this;
    this.tell();
    if (!sigma) return;
    if (what === "selection") {
      this.select();
      this.bring(true);
    } else if (what === "size") {
      sigma.resize();
      sigma.refresh({ skipIndexation: true });
    } else if (what === "theme") {
      sigma.setSetting("defaultEdgeColor", this.app.token("edge"));
      sigma.refresh({ skipIndexation: true });
    } else if (what === "filter") {
      this.select();
      sigma.refresh({ skipIndexation: true });
    }
  }

  private start(): void {
    const { app } = this;
    try {
      const graph = this.graph();
      this.sigma = new Sigma(graph, this.canvas, {
        allowInvalidContainer: true,
        renderLabels: false,
        hideEdgesOnMove: graph.size > CROWD,
        enableEdgeEvents: false,
        defaultEdgeColor: app.token("edge"),
        defaultEdgeType: "line",
        defaultNodeType: "disc",
        edgeProgramClasses: { line: graph.size > CROWD ? EdgeLineProgram : EdgeRectangleProgram },
        nodeProgramClasses: { disc: Disc, square: Square },
        nodeReducer: (key, known) => {
          const node = Number(key);
          return { ...known, color: app.colour(node), hidden: !app.passes(node) };
        },
        edgeReducer: null,
        defaultDrawNodeHover: () => {},
        minCameraRatio: 0.005,
        maxCameraRatio: 3,
        stagePadding: 40,
        zIndex: false,
      });
    } catch {
      this.canvas.hidden = true;
      this.note.textContent = "This browser cannot draw the picture, as it offers no WebGL. The other panels show the same.";
      return;
    }
    const { sigma } = this;
    (sigma as unknown as { getNodeAtPosition: (at: { x: number; y: number }) => string | null }).getNodeAtPosition = (at) => this.nodeAt(at.x, at.y);
    sigma.createCanvasContext("overlay", { style: { pointerEvents: "none" } });
    sigma.resize(true);
    this.context = sigma.getCanvases().overlay.getContext("2d");
    sigma.on("afterRender", () => this.over());
    sigma.on("clickNode", ({ node }) => app.select(Number(node)));
    sigma.on("clickStage", () => { if (app.selection !== null) app.select(null); });
    sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
    sigma.on("leaveNode", () => this.hover(null));
    sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    this.fit();
    this.select();
    sigma.refresh();
    this.tell();
  }

  private graph(): Graph {
    const { data } = this.app;
    const graph = new Graph({ type: "directed", multi: true, allowSelfLoops: true });
    const count = Math.max(1, data.nodes.length - (this.withLoose ? 0 : this.loose));
    const { clientWidth, clientHeight } = this.canvas;
    // Few nodes may be large, many cover no more than a part of the ground.
    const least = Math.min(clientWidth < 600 ? 3.5 : 5, Math.max(1, 0.18 * Math.sqrt((clientWidth * clientHeight || 700_000) / count)));
    this.drawn = new Uint8Array(data.nodes.length);
    this.order = [];
    data.nodes.forEach(({ x, y, weight }, node) => {
      const degree = data.edgesOf(node).length;
      if (!degree && !this.withLoose) return;
      this.drawn[node] = 1;
      this.order.push(node);
      const size = least * Math.min(4, 0.7 + 0.3 * Math.log2(2 + weight + degree));
      graph.addNode(node, { x, y: -y, size, type: data.isEvent(node) ? "square" : "disc" });
    });
    const importance = (node: number): number => 2 * data.nodes[node].weight + data.edgesOf(node).length;
    this.order.sort((one, other) => importance(other) - importance(one) || one - other);
    const seen = new Set<number>();
    for (const [from, to] of data.edges) {
      const key = from * data.nodes.length + to; // one line for two nodes, whatever joins them
      if (from === to || seen.has(key)) continue;
      seen.add(key);
      graph.addDirectedEdgeWithKey(graph.size, from, to, { size: graph.size > 2000 ? 0.6 : 1 });
    }
    return graph;
  }

  /** The whole in view: the largest part where many small ones stand around it. */
  private fit(): void {
    const { sigma } = this;
    if (!sigma) return;
    const { data } = this.app;
    const far = this.order.map((node) => Math.hypot(data.nodes[node].x, data.nodes[node].y)).sort((one, other) => one - other);
    const all = far[far.length - 1] ?? 0;
    const most = Math.max(far[Math.floor((far.length - 1) * (far.length > 2000 ? 0.7 : 1))] ?? 0, all / 4, 1);
    const within = this.order.filter((node) => Math.hypot(data.nodes[node].x, data.nodes[node].y) <= most * 1.01);
    const xs = within.map((node) => data.nodes[node].x);
    const ys = within.map((node) => -data.nodes[node].y);
    const range = (values: number[]): [number, number] => values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
    const [x, y] = [range(xs), range(ys)];
    const pad = 60;
    sigma.setCustomBBox({ x: [x[0] - pad, x[1] + pad], y: [y[0] - pad, y[1] + pad] });
  }

  private tools(): HTMLElement {
    const tools = element("div", "tools");
    for (const [text, label, act] of [
      ["+", "Zoom in", () => this.zoom(1 / 1.5)], ["−", "Zoom out", () => this.zoom(1.5)],
      ["⤢", "Show the whole picture", () => this.whole()],
    ] as const) {
      const button = element("button", "", text);
      button.type = "button";
      button.setAttribute("aria-label", label);
      button.title = label;
      button.addEventListener("click", act);
      tools.append(button);
    }
    return tools;
  }

  private tell(): void {
    const { app, note } = this;
    if (!this.sigma) return;
    const { data, selection } = app;
    note.replaceChildren();
    if (selection !== null && !this.drawn[selection]) {
      note.append("Nothing joins what is selected to anything, so it is not in the picture. ");
    }
    let shown = 0;
    for (const node of this.order) if (app.passes(node)) shown++;
    if (!shown) note.append("Nothing passes the filters. ");
    if (this.loose && this.loose < data.nodes.length) {
      const box = element("input");
      box.type = "checkbox";
      box.checked = this.withLoose;
      box.addEventListener("change", () => {
        this.withLoose = box.checked;
        const graph = this.graph();
        this.sigma!.setGraph(graph);
        this.fit();
        this.changed("filter");
        this.note.querySelector("input")?.focus();
      });
      note.append(element("label", "", [box, ` with ${counted(this.loose, "more that nothing joins", "more that nothing joins")}`]));
    }
  }

  private select(): void {
    const { selection } = this.app;
    this.canvas.classList.toggle("dimmed", selection !== null && this.drawn[selection] === 1);
  }

  /** Move so that the selected node is in view, with those around it when that is possible. */
  private bring(always: boolean): void {
    const { sigma } = this;
    const { selection, data } = this.app;
    if (!sigma || selection === null || !this.drawn[selection] || (!always && this.fitted === selection)) {
      sigma?.refresh({ skipIndexation: true });
      return;
    }
    this.fitted = selection;
    const { width, height } = sigma.getDimensions();
    const seen = [selection, ...data.neighbours(selection)].filter((node) => this.drawn[node]).map((node) => sigma.graphToViewport({ x: data.nodes[node].x, y: -data.nodes[node].y }));
    const [own] = seen;
    // As many of those around as fit into a third more than what is visible now, but never so far out that all is dust.
    const reach = seen.map((place) => Math.max(Math.abs(place.x - own.x) / width, Math.abs(place.y - own.y) / height)).sort((one, other) => one - other);
    const most = reach[Math.floor(reach.length * 0.8)] ?? 0;
    const state = sigma.getCamera().getState();
    const ratio = Math.min(Math.max(state.ratio * most * 2.6, this.order.length > 1000 ? 0.04 : 0.4), 1);
    const place = sigma.viewportToFramedGraph(own);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) sigma.getCamera().setState({ x: place.x, y: place.y, ratio });
    else void sigma.getCamera().animate({ x: place.x, y: place.y, ratio }, { duration: 350 });
  }

  private zoom(by: number): void {
    const camera = this.sigma?.getCamera();
    if (camera) void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * by) }, { duration: 150 });
  }

  private whole(): void {
    void this.sigma?.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: 250 });
  }

  private key(event: KeyboardEvent): void {
    const camera = this.sigma?.getCamera();
    if (!camera || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 0.12 * camera.ratio;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (way) camera.setState({ x: camera.x + way[0], y: camera.y + way[1] });
    else if (event.key === "+" || event.key === "=") this.zoom(1 / 1.5);
    else if (event.key === "-") this.zoom(1.5);
    else if (event.key === "0") this.whole();
    else return;
    event.preventDefault();
  }

  /** The node under the pointer, as sigma names it: the nearest of those that it is on, or all but on. */
  private nodeAt(x: number, y: number): string | null {
    const { app, sigma } = this;
    const { nodes } = app.data;
    const { origin, across, down } = this.plane();
    const reach = 3;
    let best = -1;
    let least = Infinity;
    for (const node of this.order) {
      const far = Math.hypot(origin.x + across * nodes[node].x - x, origin.y + down * nodes[node].y - y);
      if (far < least && far < 40 && app.passes(node) && far <= this.radius(node) + reach) [best, least] = [node, far];
    }
    return best < 0 || !sigma ? null : String(best);
  }

  /** The camera never turns, so that two points tell where all the others are on the screen. */
  private plane(): { origin: { x: number; y: number }; across: number; down: number } {
    const origin = this.sigma!.graphToViewport({ x: 0, y: 0 });
    const other = this.sigma!.graphToViewport({ x: 1000, y: -1000 });
    return { origin, across: (other.x - origin.x) / 1000, down: (other.y - origin.y) / 1000 };
  }

  /** Pixels on the screen. */
  private radius(node: number): number {
    return this.sigma!.scaleSize(this.sigma!.getNodeDisplayData(String(node))?.size ?? 2);
  }

  private hover(node: number | null): void {
    this.hovered = node;
    this.canvas.style.cursor = node === null ? "" : "pointer";
    this.over();
  }

  private width(text: string, size: number): number {
    const key = `${size} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context!.font = `${size}px ${FONT}`;
      width = this.context!.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(key, width);
    }
    return width;
  }

  /** What is selected and the names, over the picture. */
  private over(): void {
    const { sigma, context, app } = this;
    if (!sigma || !context) return;
    const { data, selection } = app;
    const { width, height } = sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    const { origin, across, down } = this.plane();
    const place = (node: number): [number, number] => [origin.x + across * data.nodes[node].x, origin.y + down * data.nodes[node].y];
    const radius = (node: number): number => this.radius(node);
    const colours = { ink: app.token("ink"), paper: app.token("paper"), soft: app.token("soft") };

    const chosen: number[] = [];
    if (selection !== null && this.drawn[selection]) {
      const joined = data.neighbours(selection).filter((node) => this.drawn[node] && app.passes(node));
      const [x, y] = place(selection);
      context.lineWidth = joined.length > 60 ? 0.7 : 1.4;
      context.strokeStyle = colours.soft;
      context.beginPath();
      for (const node of joined) {
        const [nx, ny] = place(node);
        context.moveTo(x, y);
        context.lineTo(nx, ny);
      }
      context.stroke();
      for (const node of joined) this.node(node, place(node), radius(node));
      this.node(selection, [x, y], radius(selection) + 1.5, colours.ink);
      chosen.push(selection, ...joined.sort((one, other) => data.nodes[other].weight - data.nodes[one].weight || one - other));
    }
    const labels = new Labels(width, height, (text, size) => this.width(text, size));
    const most = Math.min(MOST_LABELS, Math.max(8, Math.round((width * height) / ROOM)));
    const want = (node: number, rank: number): Wanted => {
      const [x, y] = place(node);
      const size = node === selection ? 15 : rank < most / 6 ? 14 : 12;
      return { node, x, y, radius: radius(node), size, text: shortened(data.nodes[node].name, data.isEvent(node) ? 34 : 28) };
    };
    const inView = (node: number): boolean => {
      const [x, y] = place(node);
      return x > 0 && y > 0 && x < width && y < height;
    };
    // Names keep off nodes where there are few enough of them in view for that.
    const visible = chosen.length ? chosen : this.order;
    const near = visible.length > 20_000 ? [] : visible.filter((node) => app.passes(node) && inView(node));
    if (near.length < 600) {
      for (const node of near) {
        const [x, y] = place(node);
        labels.keepOff(x, y, Math.max(1, radius(node) - 1));
      }
    }
    const first = this.hovered !== null && this.drawn[this.hovered] ? [this.hovered] : [];
    let tried = 0;
    for (const node of [...first, ...chosen.slice(0, 1)]) if (inView(node)) labels.add(want(node, 0), true);
    for (const node of visible) {
      if (labels.placed.length >= most || tried > 4 * most) break;
      if (node === this.hovered || node === selection || !app.passes(node) || !inView(node)) continue;
      tried++;
      labels.add(want(node, labels.placed.length), tried <= most / 6);
    }
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = colours.paper;
    for (const { wanted, left, top } of labels.placed) {
      context.font = `${wanted.node === selection || wanted.node === this.hovered ? "600 " : ""}${wanted.size}px ${FONT}`;
      context.fillStyle = colours.ink;
      context.strokeText(wanted.text, left + 2, top + wanted.size / 2 + 2);
      context.fillText(wanted.text, left + 2, top + wanted.size / 2 + 2);
    }
  }

  private node(node: number, [x, y]: [number, number], radius: number, rim = ""): void {
    const context = this.context!;
    context.beginPath();
    if (this.app.data.isEvent(node)) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.app.colour(node);
    context.fill();
    if (!rim) return;
    const { lineWidth } = context;
    context.strokeStyle = rim;
    context.lineWidth = 2;
    context.stroke();
    context.lineWidth = lineWidth;
  }
}

export const graph = new GraphPanel();
