// Draws every `<div data-chart="kind" data-source="id">` from the JSON beside it. The table under it comes from the server.
import { BarChart, HeatmapChart, LineChart, RadarChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { all, onContent } from "./app/dom";
import { heatmap, radar, scatter, trend } from "./charts/options";
import { palette } from "./charts/theme";

use([
  BarChart, HeatmapChart, LineChart, RadarChart, ScatterChart,
  GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer,
]);

const drawn = new Map<HTMLElement, EChartsType>();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target as HTMLElement)?.resize();
});

function options(box: HTMLElement): EChartsCoreOption | null {
  const source = document.getElementById(box.dataset.source ?? "")?.textContent;
  if (!source) return null;
  const data = JSON.parse(source);
  const colours = palette();
  switch (box.dataset.chart) {
    case "line":
    case "bar":
      return trend(data, box.dataset.chart, colours);
    case "radar":
      return radar(data, colours, box.clientWidth < 420);
    case "scatter":
      return scatter(data, colours);
    case "heatmap":
      return heatmap(data, colours, box.clientWidth / data.columns.length > 34);
    default:
      return null;
  }
}

/** A click on what has a page of its own opens it; the table under the chart holds the same links for the keyboard. */
function follow(box: HTMLElement, chart: EChartsType): void {
  chart.on("click", ({ dataIndex }) => {
    const source = document.getElementById(box.dataset.source ?? "")?.textContent;
    const link: unknown = source ? JSON.parse(source).links?.[dataIndex] : undefined;
    if (typeof link === "string" && link) location.assign(link);
  });
}

function draw(box: HTMLElement): void {
  const option = options(box);
  if (!option) return;
  let chart = drawn.get(box);
  if (!chart) {
    chart = init(box);
    drawn.set(box, chart);
    sizes.observe(box);
    follow(box, chart);
  }
  chart.setOption(option, true);
}

function drop(): void {
  for (const [box, chart] of drawn)
    if (!box.isConnected) {
      sizes.unobserve(box);
      chart.dispose();
      drawn.delete(box);
    }
}

onContent((root) => {
  drop();
  all(root, "[data-chart]").forEach(draw);
});
new MutationObserver(() => drawn.forEach((_, box) => draw(box))).observe(document.documentElement, {
  attributeFilter: ["data-bs-theme"],
});
window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
