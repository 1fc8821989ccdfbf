/** The field that is the log an event was read from, also where its data has a field `Channel` of its own. */
export const LOG_CHANNEL = "System.Channel";
