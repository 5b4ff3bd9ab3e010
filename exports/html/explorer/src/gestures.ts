// Wheel, drag, pinch: one way for the timeline and the map to be moved.

export interface Moved {
  /** Moved by so many pixels. */
  pan(dx: number, dy: number): void;
  /** Made so many times larger around this point, in pixels from the top left of the surface. */
  zoom(factor: number, x: number, y: number): void;
}

/** Makes a surface movable; what is pressed and let go without moving stays a click. */
export function movable(surface: HTMLElement, moved: Moved): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  surface.style.touchAction = "none";
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { left, top } = surface.getBoundingClientRect();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) moved.pan(-(event.deltaX || event.deltaY) * unit, 0);
    // A pinch on a touchpad comes as a wheel with the control key and small steps.
    else moved.zoom(Math.exp((-event.deltaY * unit) / (event.ctrlKey ? 100 : 400)), event.clientX - left, event.clientY - top);
  }, { passive: false });
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  surface.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (travelled < 4) return; // a hand is never quite still
    if (!surface.hasPointerCapture(event.pointerId)) surface.setPointerCapture(event.pointerId);
    surface.classList.add("moving");
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (!other) return moved.pan(now.x - before.x, now.y - before.y);
    const { left, top } = surface.getBoundingClientRect();
    const apart = Math.max(20, Math.hypot(now.x - other.x, now.y - other.y));
    const wasApart = Math.max(20, Math.hypot(before.x - other.x, before.y - other.y));
    moved.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    moved.zoom(apart / wasApart, (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
  });
  const lifted = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) surface.classList.remove("moving");
  };
  surface.addEventListener("pointerup", lifted);
  surface.addEventListener("pointercancel", lifted);
  surface.addEventListener("click", (event) => {
    if (travelled >= 4) {
      event.preventDefault();
      event.stopPropagation();
    }
    travelled = 0;
  }, true);
}
