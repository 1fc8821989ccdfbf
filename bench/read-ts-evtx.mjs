// Reads every event of a log with @ts-evtx/core, for comparison: node bench/read-ts-evtx.mjs FILE
import { evtx } from "@ts-evtx/core";

let records = 0;
await evtx(process.argv[2]).forEach(() => {
  records++;
});
console.log(JSON.stringify({ records }));
