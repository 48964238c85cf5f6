namespace SyscallBench.Tests.Browser;

/// <summary>What a browser can tell about a page that a reader would stumble over.</summary>
internal static class PageFaults
{
    /// <summary>
    /// JavaScript that gives a list of faults: the page scrolls sideways; an element reaches over the window; text is wider than its
    /// box and hidden; text has less contrast than 4.5:1 against what is behind it (WCAG 2.2, AA); a link leads nowhere; an id is used twice.
    /// </summary>
    public const string Script = """
        (() => {
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > innerWidth) faults.push(`page is ${root.scrollWidth} px wide in a window of ${innerWidth}`);

          const visible = [...document.body.querySelectorAll('*')].filter(e => e.getClientRects().length > 0 && !e.closest('.skip'));
          const name = e => `${e.tagName.toLowerCase()} "${(e.textContent || '').trim().slice(0, 40)}"`;
          for (const e of visible.filter(e => !e.closest('thead') || getComputedStyle(e.closest('thead')).position !== 'absolute')) {
            const box = e.getBoundingClientRect();
            if (box.left < -0.5 || box.right > innerWidth + 0.5) faults.push(`${name(e)} reaches from ${box.left} to ${box.right}`);
            if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden') faults.push(`${name(e)} is cut`);
          }

          const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = parse(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          for (const e of visible) {
            const own = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
            if (!own || ['title', 'desc', 'style'].includes(e.tagName.toLowerCase())) continue;
            const style = getComputedStyle(e);
            const [a, b] = [light(parse(e instanceof SVGElement ? style.fill : style.color)), light(ground(e))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) faults.push(`${name(e)} has contrast ${ratio.toFixed(2)}`);
          }

          for (const a of document.querySelectorAll('a[href^="#"]'))
            if (!document.getElementById(a.getAttribute('href').slice(1))) faults.push(`${name(a)} leads nowhere`);
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) faults.push(`id ${id} is used twice`);
          if (document.querySelectorAll('h1').length !== 1) faults.push('not exactly one h1');
          if (!root.lang) faults.push('no language');
          return [...new Set(faults)].slice(0, 20);
        })()
        """;
}
