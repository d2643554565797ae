export { CreateError } from "./create-error.ts";
export { type ScaffoldOptions, scaffold } from "./scaffold.ts";
export { type Template, type TemplateName, templates } from "./templates.ts";
