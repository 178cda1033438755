// Turns a chart's description into ApexCharts options. Colours are read from the page, so that charts follow the theme.
let loading;
const load = () => loading ??= new Promise((resolve, reject) => {
  if (window.ApexCharts) { resolve(); return; }
  const script = document.createElement('script');
  script.src = new URL('lib/apexcharts/apexcharts.min.js', document.baseURI).href;
  script.onload = resolve;
  script.onerror = reject;
  document.head.append(script);
});

const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function formatter(format, culture, short, fine) {
  const number = options => { const f = new Intl.NumberFormat(culture, { signDisplay: 'negative', ...options }); return v => v === null || v === undefined || Number.isNaN(v) ? '' : f.format(v); };
  switch (format) {
    case 'Percent': return number({ style: 'percent', maximumFractionDigits: short && !fine ? 0 : 1 });
    case 'Score': return number({ maximumFractionDigits: 0 });
    case 'Ratio': return number({ maximumFractionDigits: 2 });
    default: return number(short ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: 1 });
  }
}

// how wide words are one beside the other, each with room to the next
function breadth(element, words) {
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = `12px ${getComputedStyle(element).fontFamily}`;
  return Math.max(0, ...words.map(word => measure.measureText(word).width + 12)) * words.length;
}

function options(c, element, self) {
  const numeric = c.xs.length > 0;
  // shares of a few per cent would all be written alike without decimals
  const fine = c.series.every(s => s.values.every(v => v === null || Math.abs(v) < 0.1));
  // an interval is a band of its series' colour, drawn before it
  const bands = c.series.flatMap((s, i) => s.low ? [{ of: i, name: s.name, low: s.low, high: s.high }] : []);
  const paint = (s, i) => token(`--cs-${s.colour ?? (i % 7) + 1}`);
  const colours = [...bands.map(b => paint(c.series[b.of], b.of)), ...c.series.map(paint)];
  const kinds = { Line: 'line', Area: 'area', Bar: 'bar', HorizontalBar: 'bar', Scatter: 'scatter' };
  const mixed = bands.length > 0 || new Set(c.series.map(s => s.kind)).size > 1;
  const muted = token('--cs-muted');
  const line = token('--cs-line');
  const text = { colors: muted, fontSize: '12px', fontFamily: 'inherit' };
  const horizontal = c.kind === 'HorizontalBar';
  const shortened = c.axisLabels.length > 0 ? new Map(c.categories.map((label, i) => [label, c.axisLabels[i]])) : null;
  // a few names that do not fit side by side stand aslant: left out, nobody would know what their bars are
  const aslant = !horizontal && !numeric && !shortened && c.categories.length <= 8 && breadth(element, c.categories) > element.clientWidth - 80;
  const lettering = aslant ? { rotate: -45, rotateAlways: true, hideOverlappingLabels: false } : { rotate: 0, hideOverlappingLabels: true };
  const value = { min: c.yMin ?? undefined, max: c.yMax ?? undefined, labels: { maxWidth: horizontal ? 240 : 160, style: text, formatter: horizontal ? v => v : formatter(c.yFormat, c.culture, true, fine) }, title: { text: (horizontal ? c.xTitle : c.yTitle) ?? undefined, style: { color: muted, fontWeight: 400, fontSize: '12px' } } };
  return {
    chart: {
      type: bands.length > 0 ? 'rangeArea' : mixed ? 'line' : kinds[c.kind], height: c.height, stacked: c.stacked, fontFamily: 'inherit', background: 'transparent',
      events: self ? { click: (e, chart, o) => {
        const at = Number(e.target?.getAttribute?.('j') ?? o?.dataPointIndex ?? -1);
        const series = Number(e.target?.getAttribute?.('index') ?? o?.seriesIndex ?? -1);
        if (at >= 0) self.invokeMethodAsync('ChooseAsync', Math.max(0, series - bands.length), at);
      } } : {},
      animations: { enabled: false }, toolbar: { show: false }, zoom: { enabled: false }, parentHeightOffset: 0,
    },
    theme: { mode: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light' },
    colors: colours,
    series: [...bands.map(b => ({
      name: b.name, type: 'rangeArea',
      data: b.low.map((low, i) => ({ x: numeric ? c.xs[i] : c.categories[i], y: low === null || b.high[i] === null ? [null, null] : [low, b.high[i]] })),
    })), ...c.series.map(s => ({
      name: s.name, type: mixed ? kinds[s.kind] : undefined,
      data: numeric ? s.values.map((y, i) => ({ x: c.xs[i], y })) : bands.length > 0 ? s.values.map((y, i) => ({ x: c.categories[i], y })) : s.values,
    }))],
    stroke: { width: [...bands.map(() => 0), ...c.series.map(s => s.kind === 'Line' || s.kind === 'Area' ? 2 : 0)], curve: 'straight', dashArray: [...bands.map(() => 0), ...c.series.map(s => s.dashed ? 5 : 0)] },
    fill: { type: 'solid', opacity: [...bands.map(() => 0.18), ...c.series.map(s => s.kind === 'Area' ? 0.16 : 1)] },
    markers: { strokeColors: token('--cs-surface'), strokeWidth: 1, size: [...bands.map(() => 0), ...c.series.map(s => s.kind === 'Scatter' ? 5 : self && c.kind !== 'Scatter' && s.kind === 'Line' ? 3 : 0)], hover: { size: 6 } },
    dataLabels: { enabled: false },
    plotOptions: { bar: { horizontal, borderRadius: 2, columnWidth: '64%', barHeight: '64%' } },
    grid: { borderColor: line, strokeDashArray: 0, padding: { left: 8, right: 8 }, xaxis: { lines: { show: horizontal } }, yaxis: { lines: { show: !horizontal } } },
    legend: { show: c.series.length > 1, showForSingleSeries: false, customLegendItems: bands.length > 0 ? c.series.map(s => s.name) : [], position: 'top', horizontalAlign: 'left', fontSize: '12px', labels: { colors: token('--cs-text') }, markers: { size: 5, fillColors: bands.length > 0 ? c.series.map(paint) : undefined } },
    xaxis: {
      type: numeric ? 'numeric' : 'category', categories: numeric ? [] : c.categories, min: c.xMin ?? undefined, max: c.xMax ?? undefined,
      tickAmount: numeric ? 5 : c.categories.length > 8 ? Math.max(2, Math.min(6, Math.floor(element.clientWidth / 112))) : undefined, axisBorder: { color: line }, axisTicks: { color: line }, tooltip: { enabled: false },
      labels: { style: text, ...lettering, formatter: horizontal ? formatter(c.yFormat, c.culture, true, fine) : numeric ? v => formatter(c.xFormat, c.culture, true)(Number(v)) : shortened ? v => shortened.get(v) ?? v : undefined },
      title: { text: (horizontal ? c.yTitle : c.xTitle) ?? undefined, style: { color: muted, fontWeight: 400, fontSize: '12px' } },
    },
    yaxis: value,
    annotations: {
      xaxis: c.events.map(m => ({ x: numeric ? m.at : c.categories[m.at], borderColor: token('--cs-text'), strokeDashArray: 2, label: { text: m.label, orientation: 'horizontal', textAnchor: 'start', borderWidth: 0, offsetX: 4, offsetY: 4, style: { background: token('--cs-surface'), color: token('--cs-text'), fontSize: '12px' } } })),
      yaxis: c.marks.map(m => ({ y: m.value, borderColor: muted, strokeDashArray: 4, label: { text: m.label, position: 'left', textAnchor: 'start', borderWidth: 0, style: { background: 'transparent', color: muted, fontSize: '12px' } } })),
    },
    tooltip: { shared: !horizontal && c.kind !== 'Scatter', intersect: horizontal || c.kind === 'Scatter', y: { formatter: formatter(c.yFormat, c.culture, false) }, x: { formatter: numeric ? v => formatter(c.xFormat, c.culture, false)(v) : shortened ? (v, o) => c.categories[o?.dataPointIndex] ?? v : undefined } },
    states: { active: { filter: { type: 'none' } } },
  };
}

const svgNames = 'http://www.w3.org/2000/svg';

function node(name, attributes, text) {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

// The chart as a picture of its own: title and legend, which stand beside it on the page, are written into it.
function picture(element, c) {
  const drawn = element.querySelector('svg');
  const { width } = drawn.getBoundingClientRect();
  const font = getComputedStyle(element).fontFamily;
  const measure = document.createElement('canvas').getContext('2d');
  const fits = (words, size, weight, most) => {
    measure.font = `${weight} ${size}px ${font}`;
    const lines = [''];
    for (const sign of words) {
      if (measure.measureText(lines.at(-1) + sign).width > most) lines.push('');
      lines[lines.length - 1] += sign;
    }
    return lines;
  };
  const picture = node('svg', { xmlns: svgNames, 'font-family': font });
  const ground = picture.appendChild(node('rect', { width: '100%', height: '100%', fill: token('--cs-surface') }));
  let y = 8;
  for (const line of fits(c.title, 15, 600, width - 32)) {
    y += 20;
    picture.append(node('text', { x: 16, y, 'font-size': 15, 'font-weight': 600, fill: token('--cs-text') }, line));
  }
  if (c.series.length > 1) {
    y += 22;
    let x = 16;
    c.series.forEach((s, i) => {
      measure.font = `400 12px ${font}`;
      const needed = 16 + measure.measureText(s.name).width;
      if (x > 16 && x + needed > width - 16) { x = 16; y += 20; }
      picture.append(node('rect', { x, y: y - 9, width: 10, height: 10, rx: 2, fill: token(`--cs-${s.colour ?? (i % 7) + 1}`) }), node('text', { x: x + 16, y, 'font-size': 12, fill: token('--cs-text') }, s.name));
      x += needed + 16;
    });
  }
  const chart = drawn.cloneNode(true);
  chart.querySelectorAll('foreignObject, .apexcharts-legend, .apexcharts-xcrosshairs, .apexcharts-ycrosshairs, .apexcharts-ycrosshairs-hidden').forEach(part => part.remove());
  chart.setAttribute('x', 0);
  chart.setAttribute('y', y + 8);
  chart.setAttribute('width', width);
  chart.setAttribute('height', c.height);
  picture.append(chart);
  const height = y + 8 + c.height + 8;
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(key, value);
  ground.setAttribute('height', height);
  return { text: new XMLSerializer().serializeToString(picture), width, height };
}

async function save(kind, element, c) {
  const { text, width, height } = picture(element, c);
  let file = new Blob([text], { type: 'image/svg+xml;charset=utf-8' });
  if (kind === 'PNG') {
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    const context = canvas.getContext('2d');
    context.scale(2, 2);
    context.drawImage(image, 0, 0, width, height);
    file = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${c.title.replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 80)}.${kind.toLowerCase()}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export async function create(element, description, self) {
  await load();
  let shown = description;
  let chart = new window.ApexCharts(element, options(shown, element, self));
  await chart.render();
  // the theme may change under the chart
  const watcher = new MutationObserver(() => chart.updateOptions(options(shown, element, self), true, false));
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return {
    update: next => { shown = next; return chart.updateOptions(options(shown, element, self), true, false); },
    save: kind => save(kind, element, shown),
    destroy: () => { watcher.disconnect(); chart.destroy(); },
  };
}
