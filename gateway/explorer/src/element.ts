type Child = Node | string | undefined | false;

/** Makes an element with its attributes and children; text is never read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A button that does something. */
export function button(text: string, act: () => void, className = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(className && { class: className }) }, text);
  made.addEventListener('click', act);
  return made;
}

/** The page's element of this id. Throws where the page lacks it. */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no #${id}`);
  return found;
}
