// Where a character of a <textarea> is drawn. Browsers don't tell, so its text up to there is laid out beside it, out of sight.

const ALIKE = [
  "boxSizing", "width", "direction", "textAlign", "textIndent", "textTransform", "tabSize", "lineHeight", "letterSpacing", "wordSpacing",
  "fontFamily", "fontSize", "fontWeight", "fontStyle", "fontStretch", "fontVariant", "fontFeatureSettings",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth",
];

// The place of the character at `index`, in pixels from the upper left corner of the field.
function placeOf(field, index) {
  const mirror = document.createElement("div");
  const mark = Object.assign(document.createElement("span"), { textContent: field.value.slice(index) || "." });
  const style = getComputedStyle(field);
  ALIKE.forEach((name) => (mirror.style[name] = style[name]));
  Object.assign(mirror.style, {
    position: "absolute", top: 0, left: 0, visibility: "hidden", borderStyle: "solid", whiteSpace: "pre-wrap", overflowWrap: "break-word",
  });
  // A scroll bar takes its part of the width.
  mirror.style.paddingRight = `${parseFloat(style.paddingRight) + Math.max(field.offsetWidth - field.clientWidth - 2 * field.clientLeft, 0)}px`;
  mirror.append(field.value.slice(0, index), mark);
  document.body.append(mirror);
  const [line] = mark.getClientRects();
  const corner = mirror.getBoundingClientRect();
  mirror.remove();
  const top = line.top - corner.top - field.scrollTop;
  return { x: line.left - corner.left, top, bottom: top + line.height };
}

/** Lays `list` below the line of the character at `index`, or above it where only there is room for it to be seen. */
export function placeAtCaret(list, field, index) {
  const { x, top, bottom } = placeOf(field, index);
  const { left, top: fieldTop } = field.getBoundingClientRect();
  const holder = list.offsetParent.getBoundingClientRect();
  const { clientLeft, clientTop } = list.offsetParent;
  // The tab bar of phones lies over the lower edge.
  const bar = document.querySelector(".tabbar")?.getBoundingClientRect();
  const edge = Math.min(visualViewport?.height ?? innerHeight, bar?.height ? bar.top : Infinity);
  const room = edge - (fieldTop + bottom);
  const isAbove = room < list.offsetHeight + 8 && fieldTop + top > room;
  const furthest = Math.min(holder.right, document.documentElement.clientWidth - 8) - list.offsetWidth;
  const y = isAbove ? fieldTop + top - list.offsetHeight - 4 : fieldTop + bottom + 4;
  list.style.left = `${Math.max(Math.min(left + x, furthest), 8) - holder.left - clientLeft}px`;
  list.style.top = `${y - holder.top - clientTop}px`;
}
