import { element, type Panel } from "./app";

export const timeline: Panel = {
  name: "timeline",
  title: "Timeline",
  mount(root) { root.append(element("p", "empty", "Timeline")); },
  show() {},
  hide() {},
  changed() {},
};
