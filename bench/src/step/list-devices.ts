import { availableDevices } from "@kindling/backends";
import { report } from "../run/report.ts";

// Which devices there are, fastest first: 1 for those that start here.

const devices = await availableDevices();
report(Object.fromEntries(devices.map(({ name, available }) => [name, available ? 1 : 0])));
process.exit();
