// The query page: YASGUI with one endpoint, the prefixes of the graph, its examples in a menu, and no other machine.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./query.css";

const settings = JSON.parse(document.getElementById("settings").textContent);
const endpoint = new URL(settings.endpoint, location.href).href;
const { Yasqe } = Yasgui;

// The endpoint knows the prefixes of the graph, but the editor marks one that is not declared as a mistake.
function declared(query) {
  const missing = Object.entries(settings.prefixes).filter(
    ([prefix]) =>
      new RegExp(`(^|[^\\w-])${prefix}:(?!//)`).test(query) && !new RegExp(`prefix\\s+${prefix}:`, "i").test(query),
  );
  const lines = missing.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`);
  return lines.length ? `${lines.join("")}${query}` : query;
}

const plainest = "SELECT ?event ?what ?day WHERE {\n  ?event a sem:Event ;\n    rdfs:label ?what .\n  OPTIONAL { ?event sem:hasEarliestBeginTimeStamp ?day }\n}\nORDER BY ?day\nLIMIT 50\n";
const firstQuery = declared(settings.examples[0]?.query ?? plainest);

// The completers for classes and properties that YASGUI brings ask a web service, and the one for prefixes knows those
// of other graphs: ours complete from what this graph uses.
Yasqe.forkAutocompleter("class", { name: "class-here", get: settings.classes, bulk: true, persistenceId: null });
Yasqe.forkAutocompleter("property", { name: "property-here", get: settings.properties, bulk: true, persistenceId: null });
Yasqe.forkAutocompleter("prefixes", {
  name: "prefixes-here",
  get: Object.entries(settings.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
  bulk: true,
  persistenceId: null,
});
for (const name of ["class", "property", "prefixes"]) delete Yasqe.Autocompleters[name];
Yasqe.defaults.autocompleters = ["variables", "class-here", "property-here", "prefixes-here"];
Yasqe.defaults.prefixCcApi = null;
Yasqe.defaults.value = firstQuery;
Yasqe.defaults.editorHeight = "340px";

const opened = (config) => {
  config.requestConfig.endpoint = endpoint; // a link to this page may name another
  config.yasqe.value = declared(config.yasqe.value);
  return config;
};
const gui = new Yasgui(document.getElementById("query"), {
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
  copyEndpointOnNewTab: false,
  populateFromUrl: opened,
  persistenceId: `newsgraph_${settings.graph}`,
  // Answers hold what articles say: they stay in the page, not in the browser's storage.
  yasr: { persistencyExpire: 0, maxPersistentResponseSize: 0, prefixes: settings.prefixes },
  yasqe: { value: firstQuery },
});
for (const tab of Object.values(gui._tabs)) tab.setEndpoint(endpoint);

const menu = document.getElementById("examples");
menu?.addEventListener("change", () => {
  const example = settings.examples[menu.selectedIndex - 1];
  if (example === undefined) return;
  gui.addTab(true, { name: example.title, yasqe: { value: declared(example.query) }, requestConfig: { endpoint } });
  gui.getTab().query().catch(() => {});
  menu.selectedIndex = 0;
});

// Things of the graph have pages on this server, whatever their IRIs begin with.
document.getElementById("query").addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.href.startsWith(settings.base)) link.href = `${location.origin}/${link.href.slice(settings.base.length)}`;
  },
  true,
);
