// How far is how far on the map, and whose borders it shows.
import { element } from "./app";
import type { View } from "./map-drawing";

export class Measure {
  private readonly line = element("span", "map-km");
  private readonly credit = element("span");
  readonly element = element("div", "map-measure", [this.line, this.credit]);

  /** A round number of kilometres as a line, true in the middle of the view, and the country there. */
  draw(view: View, country: string | undefined): void {
    const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * view.y)));
    const perPixel = (40_075 * Math.cos(latitude)) / view.scale; // km
    const room = perPixel * 110;
    const power = 10 ** Math.floor(Math.log10(room));
    const km = power * (room / power >= 5 ? 5 : room / power >= 2 ? 2 : 1);
    this.line.style.width = `${km / perPixel}px`;
    this.line.textContent = km >= 1 ? `${km.toLocaleString("en")} km` : `${Math.round(km * 1000)} m`;
    this.credit.textContent = `${country ? `${country} · ` : ""}Borders as in Natural Earth`;
  }
}
