import { visibleText } from "../../report/inert-text.ts";

type Child = Node | string | number | null | undefined | false;
type Listener = (event: never) => void;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;

/**
 * An element with attributes, `on…` listeners and children. Text goes in as text, with control and bidi
 * characters made visible: nothing from a log is ever markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** The same for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as unknown as EventListener);
    } else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) {
      element.setAttribute(name, typeof value === "string" ? visibleText(value) : String(value));
    }
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : textOf(child));
  }
}

export function textOf(text: string | number): string {
  return visibleText(String(text));
}

/** A labelled choice. */
export function choice(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
  onChange: (value: string) => void,
): HTMLElement {
  const select = h(
    "select",
    { onchange: () => onChange(select.value) },
    // Values are compared with data later: they must stay as they are, so not through `h`.
    ...options.map((option) => {
      const element = h("option", {}, option.label);
      element.value = option.value;
      return element;
    }),
  );
  select.value = value;
  return h("label", { class: "field" }, h("span", {}, label), select);
}

const LONG_CHARS = 40;

/** Only long text wraps in a table: a broken time or word is hard to read. */
function isLong(cell: Child): boolean {
  return typeof cell === "string" && cell.length > LONG_CHARS;
}

/**
 * A wide table that scrolls within itself, reachable by keyboard. A `stacked` one has so many columns that on paper
 * and in narrow windows each row becomes a block of labelled lines.
 */
export function table(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly Child[])[],
  { stacked = false }: { readonly stacked?: boolean } = {},
): HTMLElement {
  return h(
    "div",
    {
      class: stacked ? "table stacked" : "table",
      role: "region",
      "aria-label": caption,
      tabindex: 0,
    },
    h(
      "table",
      {},
      h("caption", { class: "hidden" }, caption),
      h("thead", {}, h("tr", {}, ...header.map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...rows.map((cells) =>
          h(
            "tr",
            {},
            ...cells.map((cell, at) =>
              h(
                "td",
                { class: isLong(cell) && "long", "data-label": stacked && header[at]! },
                cell,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
