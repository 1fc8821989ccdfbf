/**
 * Bounds on what a log may make us do. Each says what it protects from and what real logs need
 * (measured on 51,780 records of public samples).
 */
export const LIMITS = {
  /** Nested BinXML values; real logs need 1. Stops 2^depth fan-out. */
  embeddedDepth: 16,
  /** Elements inside elements; real logs need about 6. Stops stack exhaustion. */
  elementDepth: 128,
  /** Nodes of one template or literal record; real templates have under 200. */
  nodesPerTemplate: 65_536,
  /** Steps of rendering one record, array items included. Stops array and fan-out bombs. */
  renderSteps: 1_000_000,
  /** Characters of one rendered record; the largest real one is about 70,000. */
  renderedChars: 4 * 1024 * 1024,
  /**
   * Structure of all compiled templates kept at once, in numbers of about 300 bytes when compiled; a real template has
   * about 150, a real machine up to a thousand templates.
   */
  cachedStructure: 200_000,
  /** Distinct element and attribute names kept at once, and their bytes; a real machine has a few thousand short ones. */
  cachedNames: 50_000,
  cachedNameBytes: 4 * 1024 * 1024,
  /** Templates kept for recovered records, and the parts they are made of; all of Windows has some ten thousand templates. */
  libraryTemplates: 50_000,
  libraryNodes: 2_000_000,
  /** Template ids of one log that are told to the others as defined or as missing; a real log has some hundred. */
  notedTemplates: 20_000,
  /** Issues of one code and file that are kept in full; the rest is counted. */
  issuesPerCode: 20,
} as const;
