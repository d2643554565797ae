import { notesLoop } from "../mnist/notes-loop.ts";
import { reportMemory } from "./report-memory.ts";

for await (const { epoch } of notesLoop()) reportMemory(epoch);
