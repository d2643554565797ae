export { type MetricLaws, metricLaws } from "./metric-laws.ts";
