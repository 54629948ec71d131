// From values to pixels, with ticks at round values.

const STEPS = [1, 2, 2.5, 5, 10];

/** A round step for about `wanted` ticks over `span`. */
export function niceStep(span, wanted) {
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * STEPS.find((step) => step * power >= rough * 0.999);
}

/** A linear scale over values, widened to round bounds; `zero` has it begin at 0. */
export function linear(values, from, to, { wanted = 5, zero = false } = {}) {
  let low = zero ? 0 : Infinity;
  let high = zero ? 0 : -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isFinite(low)) [low, high] = [0, 1];
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  const step = niceStep(high - low, wanted);
  const [bottom, top] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const ticks = [];
  for (let i = 0; bottom + i * step <= top + step / 2; i++) ticks.push(Number((bottom + i * step).toPrecision(12)));
  const scale = (value) => from + ((value - bottom) / (top - bottom)) * (to - from);
  return Object.assign(scale, { ticks, low: bottom, high: top, invert: (pixel) => bottom + ((pixel - from) / (to - from)) * (top - bottom) });
}

const DAY = 86_400_000;
const TIME_STEPS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240];

/** A scale over moments (milliseconds), with ticks at round times. */
export function time(values, from, to, wanted = 6) {
  let [low, high] = [Math.min(...bounds(values)), Math.max(...bounds(values))];
  if (low === high) [low, high] = [low - DAY / 2, high + DAY / 2];
  const scale = (value) => from + ((value - low) / (high - low)) * (to - from);
  const { ticks, label } = timeTicks(low, high, wanted);
  return Object.assign(scale, { ticks, label, low, high, invert: (pixel) => low + ((pixel - from) / (to - from)) * (high - low) });
}

function bounds(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return Number.isFinite(low) ? [low, high] : [0, DAY];
}

function timeTicks(low, high, wanted) {
  const step = TIME_STEPS.find((it) => (high - low) / it <= wanted + 1);
  if (step !== undefined) {
    const monday = step % (7 * DAY) === 0 ? 4 * DAY : 0;
    const first = Math.ceil((low - monday) / step) * step + monday;
    const ticks = [];
    for (let at = first; at <= high; at += step) ticks.push(at);
    return { ticks, label: (at) => (step >= DAY ? iso(at).slice(0, 10) : iso(at).slice(high - low > DAY ? 5 : 11, step < 60_000 ? 19 : 16).replace('T', ' ')) };
  }
  const months = (high - low) / (30.4 * DAY);
  const every = MONTH_STEPS.find((it) => months / it <= wanted + 1) ?? MONTH_STEPS.at(-1);
  const ticks = [];
  const start = new Date(low);
  for (let index = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / every) * every; ; index += every) {
    const at = Date.UTC(Math.floor(index / 12), index % 12, 1);
    if (at > high) break;
    if (at >= low) ticks.push(at);
  }
  return { ticks, label: (at) => iso(at).slice(0, every >= 12 ? 4 : 7) };
}

const iso = (at) => new Date(at).toISOString();

/** Counts of values in about `wanted` bins of round width: `{from, to, count}`. */
export function histogram(values, wanted = 24) {
  const [low, high] = bounds(values);
  const step = low === high ? 1 : niceStep(high - low, wanted);
  const first = Math.floor(low / step);
  const bins = [];
  for (let i = first; i * step <= high; i++) bins.push({ from: Number((i * step).toPrecision(12)), to: Number(((i + 1) * step).toPrecision(12)), count: 0 });
  for (const value of values) bins[Math.min(bins.length - 1, Math.floor(value / step + 1e-9) - first)].count += 1;
  return bins;
}
