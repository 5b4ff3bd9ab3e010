// The panel of the picture: sigma draws nodes and edges; what is selected and the names are drawn over it.
import { NodeSquareProgram } from "@sigma/node-square";
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";
import { counted, element, type App, type Change, type Panel } from "./app";
import { Overlay, type Plane } from "./graph-overlay";
import { signs } from "./pieces";

const CROWD = 6_000; // edges, above which they are thin lines, and hidden while the picture moves

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
  private lines: [from: number, to: number][] = []; // edges drawn, by their keys
  private passed: Uint8Array = new Uint8Array(); // what passed the filters when it was last drawn
  private painted: App["theme"] = "light";
  private hovered: number | null = null;
  private overlay: Overlay | null = null;
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
    this.changed(this.painted === this.app.theme ? "filter" : "theme");
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
      sigma.scheduleRender(); // which looks at its size
    } else if (what === "theme") {
      this.select();
      this.paint();
    } else if (what === "filter") {
      this.select();
      this.filter();
    }
  }

  /** Draws all of it anew. */
  private paint(): void {
    const { app, sigma } = this;
    this.painted = app.theme;
    this.passed = this.drawn.map((_, node) => Number(app.passes(node)));
    sigma!.setSetting("defaultEdgeColor", app.token("edge"));
    sigma!.refresh();
  }

  /** Draws anew what passes the filters now and did not before, or the other way round, with its edges. */
  private filter(): void {
    const { app, drawn, lines, passed } = this;
    const changed = this.order.filter((node) => passed[node] !== Number(app.passes(node)));
    if (!changed.length) return;
    const edges = lines.flatMap(([from, to], key) =>
      passed[from] !== Number(app.passes(from)) || passed[to] !== Number(app.passes(to)) ? [String(key)] : []);
    this.passed = drawn.map((_, node) => Number(app.passes(node)));
    this.sigma!.refresh({ partialGraph: { nodes: changed.map(String), edges }, skipIndexation: true, schedule: true });
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
    const context = sigma.getCanvases().overlay.getContext("2d");
    if (context) this.overlay = new Overlay(app, context);
    sigma.on("afterRender", () => this.over());
    sigma.on("clickNode", ({ node }) => app.select(Number(node)));
    sigma.on("clickStage", () => { if (app.selection !== null) app.select(null); });
    sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
    sigma.on("leaveNode", () => this.hover(null));
    sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    this.fit();
    this.select();
    this.paint();
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
    this.lines = [];
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
      this.lines.push([from, to]);
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
    return signs("tools", [
      ["+", "Zoom in", () => this.zoom(1 / 1.5)], ["−", "Zoom out", () => this.zoom(1.5)],
      ["⤢", "Show the whole picture", () => this.whole()],
    ]);
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
        this.paint();
        this.select();
        this.tell();
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
      sigma?.scheduleRender();
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
  private plane(): Plane {
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

  /** What is selected and the names, over the picture. */
  private over(): void {
    const { sigma, app, drawn, order, hovered } = this;
    if (!sigma) return;
    this.overlay?.draw({ ...sigma.getDimensions(), ...this.plane(), drawn, order, hovered, selection: app.selection, radius: (node) => this.radius(node) });
  }
}

export const graph = new GraphPanel();
