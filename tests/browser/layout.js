// What a reader could not read: text that is cut, labels on top of each other, charts with nothing in them,
// a page that must be pushed sideways. Gives a list of sentences; an empty list is a good page.
() => {
  const SLACK = 1.5;         // pixels of rounding that no eye sees
  const INSET = 0.18;        // part of a line's height that is air above and below the glyphs
  const INK = /[^\s\u200b\u2060\ufeff]/;   // a formula's layout holds blanks of no width
  const faults = [];
  const name = (node) => (node.getAttribute('aria-label') || node.getAttribute('data-testid') || node.tagName).slice(0, 40);
  const words = (node) => node.textContent.replace(/\s+/g, ' ').trim().slice(0, 60);
  const shown = (node) => {
    if (node.closest('.hoverlayer, .modebar, defs')) return false;
    for (let at = node; at && at.nodeType === 1; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === 'none' || style.visibility === 'hidden' || Number(style.opacity) === 0) return false;
    }
    return true;
  };

  // --- charts -------------------------------------------------------------------------------------------------------
  // The corners of a text on the screen, turned as it is turned, without the air around its glyphs.
  const corners = (text, inset) => {
    const box = text.getBBox();
    const matrix = text.getScreenCTM();
    const air = box.height * inset;
    return [[box.x, box.y + air], [box.x + box.width, box.y + air],
      [box.x + box.width, box.y + box.height - air], [box.x, box.y + box.height - air]]
      .map(([x, y]) => ({x: matrix.a * x + matrix.c * y + matrix.e, y: matrix.b * x + matrix.d * y + matrix.f}));
  };
  const bounds = (points) => ({
    left: Math.min(...points.map((p) => p.x)), right: Math.max(...points.map((p) => p.x)),
    top: Math.min(...points.map((p) => p.y)), bottom: Math.max(...points.map((p) => p.y)),
  });
  // Two convex shapes overlap unless some side of one of them separates them.
  const overlap = (one, other) => {
    let depth = Infinity;
    for (const shape of [one, other]) {
      for (let i = 0; i < shape.length; i += 1) {
        const a = shape[i], b = shape[(i + 1) % shape.length];
        const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
        const axis = {x: -(b.y - a.y) / length, y: (b.x - a.x) / length};
        const along = (points) => points.map((p) => p.x * axis.x + p.y * axis.y);
        const [p, q] = [along(one), along(other)];
        depth = Math.min(depth, Math.max(...p) - Math.min(...q), Math.max(...q) - Math.min(...p));
      }
    }
    return depth;
  };
  const clip = (text) => {
    for (let at = text; at && at.tagName !== 'svg'; at = at.parentElement) {
      const id = (at.getAttribute('clip-path') || at.style.clipPath || '').match(/#([^"')]+)/);
      const rect = id && document.getElementById(id[1])?.querySelector('rect');
      if (rect) {
        const matrix = at.getScreenCTM();
        const [x, y] = [rect.x.baseVal.value, rect.y.baseVal.value];
        return bounds([{x: matrix.a * x + matrix.e, y: matrix.d * y + matrix.f}, {
          x: matrix.a * (x + rect.width.baseVal.value) + matrix.e, y: matrix.d * (y + rect.height.baseVal.value) + matrix.f}]);
      }
    }
    return null;
  };
  const inside = (box, frame) => box.left >= frame.left - SLACK && box.right <= frame.right + SLACK
    && box.top >= frame.top - SLACK && box.bottom <= frame.bottom + SLACK;

  document.querySelectorAll('.js-plotly-plot').forEach((chart, index) => {
    const called = `chart ${index + 1}`;
    const frame = chart.querySelector('.svg-container').getBoundingClientRect();
    const texts = [...chart.querySelectorAll('.main-svg text')].filter((text) => words(text) && shown(text));
    const boxes = texts.map((text) => ({text, said: words(text), corners: corners(text, INSET)}));
    for (const {text, said, corners: points} of boxes) {
      const box = bounds(points);
      const cut = clip(text);
      if (!inside(box, frame)) faults.push(`${called}: "${said}" runs out of the chart`);
      else if (/…\s*$/.test(text.textContent)) faults.push(`${called}: "${said}" is cut short`);
      else if (cut && !inside(box, cut)) faults.push(`${called}: "${said}" is cut at the edge of the plot`);
    }
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        if (overlap(boxes[i].corners, boxes[j].corners) > SLACK) {
          faults.push(`${called}: "${boxes[i].said}" and "${boxes[j].said}" are on top of each other`);
        }
      }
    }
    const values = (trace) => [trace.x, trace.y, trace.z, trace.values, trace.r, trace.locations].filter((column) => column && column.length);
    const points = (chart.data || []).flatMap(values).reduce((sum, column) => sum + column.length, 0);
    const drawn = chart.querySelectorAll('.trace, .point, .hm image, .heatmaplayer image, .choroplethlayer path, .shapelayer path').length;
    if (!points || !drawn) faults.push(`${called}: has nothing in it`);
    const width = chart.closest('[data-testid=stPlotlyChart]')?.getBoundingClientRect();
    if (width && (frame.width < 120 || frame.height < 60)) faults.push(`${called}: is ${frame.width} x ${frame.height}, too small to read`);
  });

  // --- words of the page ----------------------------------------------------------------------------------------------
  const main = document.querySelector('[data-testid=stMain]') || document.body;
  for (const node of [main, ...document.querySelectorAll('[role=dialog]')].flatMap((root) => [...root.querySelectorAll('*')])) {
    if (node.closest('svg, [data-testid=stDataFrame], [data-testid=stPlotlyChart] .modebar')) continue;
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && INK.test(child.textContent));
    if (!own || !shown(node)) continue;
    const box = node.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;   // words for screen readers
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX !== 'hidden' && style.overflowX !== 'clip') continue;
      const frame = at.getBoundingClientRect();
      if (frame.width <= 1 || frame.height <= 1) break;
      if (at.scrollWidth > at.clientWidth + 1 && style.textOverflow === 'ellipsis') faults.push(`"${words(node)}" is cut with dots in ${name(at)}`);
      else if (box.left < frame.left - SLACK || box.right > frame.right + SLACK) faults.push(`"${words(node)}" is cut in ${name(at)}`);
    }
  }

  // --- the page ---------------------------------------------------------------------------------------------------------
  for (const node of [document.scrollingElement, document.querySelector('[data-testid=stMain]')]) {
    if (node && node.scrollWidth > node.clientWidth + 1) faults.push(`the page is ${node.scrollWidth} px wide in a window of ${node.clientWidth}`);
  }
  return [...new Set(faults)];
}
