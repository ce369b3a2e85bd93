// From the server's data to ECharts options, one function a kind.
import type { EChartsCoreOption } from "echarts/core";
import { number, type Figure, type Heatmap, type Radar, type Role, type Scatter, type Series, type Trend } from "./data";
import type { Palette } from "./theme";

const SYMBOLS = ["circle", "diamond", "triangle", "rect", "roundRect"];
const DASHED: ReadonlySet<Role> = new Set<Role>(["target", "mean", "prior"]);

function colour(item: { role?: Role }, index: number, p: Palette): string {
  return item.role && item.role !== "other" ? p.roles[item.role] : (p.others[index % p.others.length] ?? p.roles.other);
}

/** Past the last colour they begin anew: those lines are dotted and have other signs, so that no two look alike. */
function lineType(item: Series, index: number, p: Palette): "solid" | "dashed" | "dotted" {
  if (item.role && DASHED.has(item.role)) return "dashed";
  return index >= p.others.length && item.role === "other" ? "dotted" : "solid";
}

function symbol(index: number): string {
  return SYMBOLS[(index + Math.floor(index / SYMBOLS.length)) % SYMBOLS.length] ?? "circle";
}

function format(value: unknown, decimals?: number, unit?: string): string {
  if (value === null || value === undefined || value === "" || Number.isNaN(value)) return "—";
  const text = decimals === undefined ? String(value) : Number(value).toFixed(decimals);
  return unit ? `${text} ${unit}` : text;
}

/** Everything that all kinds share. The tooltip is drawn on the canvas: an HTML one needs inline styles. */
function base(p: Palette): EChartsCoreOption {
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    textStyle: { fontFamily: p.font, color: p.text },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: p.surface,
      borderColor: p.line,
      textStyle: { color: p.text, fontFamily: p.font },
    },
    legend: { bottom: 0, type: "scroll", textStyle: { color: p.text }, pageTextStyle: { color: p.text }, pageIconColor: p.text },
  };
}

const axisLook = (p: Palette) => ({
  axisLabel: { color: p.muted, hideOverlap: true },
  axisLine: { lineStyle: { color: p.line } },
  nameTextStyle: { color: p.muted },
  splitLine: { lineStyle: { color: p.line } },
});

export function trend(data: Trend, kind: "line" | "bar", p: Palette): EChartsCoreOption {
  const common = base(p);
  const category = { type: "category", data: data.labels, inverse: data.horizontal ?? false, ...axisLook(p), splitLine: { show: false } };
  const value = {
    type: "value",
    name: data.unit ?? "",
    inverse: data.inverse ?? false,
    scale: kind === "line",
    ...(number(data.min) === null ? {} : { min: number(data.min) }),
    ...(number(data.max) === null ? {} : { max: number(data.max) }),
    ...axisLook(p),
  };
  const marks = (data.marks ?? []).map((mark) => ({ name: mark.name, [data.horizontal ? "xAxis" : "yAxis"]: number(mark.value) }));
  return {
    ...common,
    tooltip: {
      ...(common.tooltip as object),
      trigger: "axis",
      valueFormatter: (shown: unknown) => format(shown, data.decimals, data.unit),
    },
    legend: { ...(common.legend as object), show: data.series.length > 1 },
    grid: { left: 8, right: 16, top: data.unit || marks.length ? 36 : 16, bottom: data.series.length > 1 ? 36 : 8, containLabel: true },
    [data.horizontal ? "yAxis" : "xAxis"]: category,
    [data.horizontal ? "xAxis" : "yAxis"]: value,
    series: data.series.map((item, index) => {
      const tint = colour(item, index, p);
      return {
        name: item.name,
        type: item.kind ?? kind,
        data: item.values.map(number),
        stack: data.stack ? "all" : undefined,
        symbol: symbol(index),
        symbolSize: 7,
        barMaxWidth: 28,
        connectNulls: false,
        itemStyle: { color: tint },
        lineStyle: { color: tint, width: item.role === "ours" ? 3 : 2, type: lineType(item, index, p) },
        markLine: index === 0 && marks.length
          ? { symbol: "none", silent: true, data: marks, lineStyle: { color: p.roles.target, type: "dashed" }, label: { formatter: "{b}", color: p.text, rotate: 0, position: data.horizontal ? "end" : "insideEndTop" } }
          : undefined,
      };
    }),
  };
}

/** Long names stand in two even lines on a narrow screen, so that none leaves the picture. */
function halved(name: string): string {
  const half = Math.ceil(name.length / 2);
  return name.length > 5 ? `${name.slice(0, half)}\n${name.slice(half)}` : name;
}

export function radar(data: Radar, p: Palette, narrow: boolean): EChartsCoreOption {
  const common = base(p);
  return {
    ...common,
    radar: {
      indicator: data.axes.map((axis) => ({ name: axis.name, max: number(axis.max) ?? undefined, min: number(axis.min) ?? 0 })),
      radius: narrow ? "52%" : "62%",
      center: ["50%", "46%"],
      axisName: { color: p.text, formatter: (name?: string) => (narrow ? halved(name ?? "") : (name ?? "")) },
      splitLine: { lineStyle: { color: p.line } },
      axisLine: { lineStyle: { color: p.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: "radar",
        data: data.series.map((item, index) => {
          const tint = colour(item, index, p);
          return {
            name: item.name,
            value: item.values.map(number),
            symbol: symbol(index),
            symbolSize: 7,
            itemStyle: { color: tint },
            lineStyle: { color: tint, width: item.role === "ours" ? 3 : 2, type: lineType(item, index, p) },
            areaStyle: item.role === "ours" ? { color: tint, opacity: 0.14 } : undefined,
          };
        }),
        tooltip: { valueFormatter: (shown: unknown) => format(shown, data.decimals) },
      },
    ],
  };
}

export function scatter(data: Scatter, p: Palette): EChartsCoreOption {
  const common = base(p);
  const axis = (of: Scatter["x"]) => ({ type: "value", scale: true, name: of.unit ? `${of.name} (${of.unit})` : of.name, ...axisLook(p) });
  return {
    ...common,
    tooltip: {
      ...(common.tooltip as object),
      formatter: (item: { name: string; value: [Figure, Figure] }) =>
        `${item.name}\n${data.x.name} ${format(item.value[0], undefined, data.x.unit)}\n${data.y.name} ${format(item.value[1], undefined, data.y.unit)}`,
    },
    legend: { show: false },
    grid: { left: 24, right: 24, top: 40, bottom: 28, containLabel: true },
    xAxis: { ...axis(data.x), nameLocation: "middle", nameGap: 28 },
    yAxis: { ...axis(data.y), nameTextStyle: { color: p.muted, align: "left" } },
    series: [
      {
        type: "scatter",
        symbolSize: 12,
        data: data.points.map((point, index) => ({
          name: point.name,
          value: [number(point.x), number(point.y)],
          itemStyle: { color: point.role ? colour(point, index, p) : p.roles.other },
          label: { show: point.role === "ours", formatter: "{b}", position: "top", color: p.text },
        })),
      },
    ],
  };
}

export function heatmap(data: Heatmap, p: Palette, room: boolean): EChartsCoreOption {
  const common = base(p);
  const values = data.cells.map((cell) => number(cell[2])).filter((value): value is number => value !== null);
  const low = number(data.min) ?? Math.min(...values);
  const high = number(data.max) ?? Math.max(...values);
  return {
    ...common,
    tooltip: {
      ...(common.tooltip as object),
      formatter: (item: { value: [number, number, Figure] }) =>
        `${data.rows[item.value[1]]} · ${data.columns[item.value[0]]}\n${format(item.value[2], undefined, data.unit)}`,
    },
    legend: { show: false },
    grid: { left: 8, right: 8, top: 8, bottom: 44, containLabel: true },
    xAxis: { type: "category", data: data.columns, ...axisLook(p), splitLine: { show: false } },
    yAxis: { type: "category", data: data.rows, inverse: true, ...axisLook(p), splitLine: { show: false } },
    visualMap: {
      min: low,
      max: high,
      text: [String(high), String(low)],
      orient: "horizontal", left: "center", bottom: 0, itemHeight: 120, itemWidth: 12,
      inRange: { color: data.worse ? [p.surface, p.bad] : p.ramp }, textStyle: { color: p.text },
    },
    series: [
      {
        type: "heatmap",
        data: data.cells.map(([x, y, value]) => [x, y, number(value) ?? "-"]),
        itemStyle: { borderColor: p.surface, borderWidth: 2 },
        // The number stands in its cell where there is room, so that colour alone never carries it.
        label: { show: room, color: p.text, fontSize: 11 },
      },
    ],
  };
}
