import { map } from "./map";
import { timeline } from "./timeline";
import "./main.css";
import "./timeline.css";
import "./map.css";

console.log(map, timeline);
