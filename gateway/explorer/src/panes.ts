export type Pane = 'query' | 'variables' | 'headers' | 'result' | 'docs' | 'history';

/** Beside the others where there is room, one of the two at a time. */
const sides: readonly string[] = ['docs', 'history'];

/** On a narrow screen one pane is shown, on a wide one all but the other side. */
export function createPanes(onShow: (pane: Pane) => void): { show(pane: Pane): void } {
  const narrow = matchMedia('(width < 60rem)');
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('nav [data-pane]')];
  let pane: Pane = 'query';
  let side: Pane = 'docs';

  const render = () => {
    document.body.dataset.pane = pane;
    document.body.dataset.side = side;
    const pressed: Pane = narrow.matches ? pane : side;
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(button.dataset.pane === pressed));
  };

  const show = (next: Pane) => {
    pane = next;
    if (sides.includes(next)) side = next;
    render();
    onShow(next);
  };

  for (const button of buttons) button.addEventListener('click', () => show(button.dataset.pane as Pane));
  narrow.addEventListener('change', render);
  render();
  return { show };
}
