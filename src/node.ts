/** Node's door: the library with Node's native primitives installed. */
import { installNodePlatform } from "./node/platform.ts";

installNodePlatform();

export * from "./index.ts";
export { installNodePlatform };
