import { element, type Panel } from "./app";

export const map: Panel = {
  name: "map",
  title: "Map",
  mount(root) { root.append(element("p", "empty", "Map")); },
  show() {},
  hide() {},
  changed() {},
};
