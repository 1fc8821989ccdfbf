/** What a session lacks, in Japanese. `{n}` stands for a number. */
export const JA_SESSION_SENTENCES: Readonly<Record<string, string>> = {
  "Security {n} (logon): the log covers the time and does not have it":
    "Security {n}(ログオン): ログはその時間を含むが記録がない",
  "Security {n} (logon): no log of that time": "Security {n}(ログオン): その時間のログがない",
  "TerminalServices-LocalSessionManager {n} or {n} (session logon): the log covers the time and does not have it":
    "TerminalServices-LocalSessionManager {n1} または {n2}(セッションのログオン): ログはその時間を含むが記録がない",
  "TerminalServices-LocalSessionManager {n} or {n} (session logon): no log of that time":
    "TerminalServices-LocalSessionManager {n1} または {n2}(セッションのログオン): その時間のログがない",
  "TerminalServices-RemoteConnectionManager {n} (authentication): the log covers the time and does not have it":
    "TerminalServices-RemoteConnectionManager {n}(認証): ログはその時間を含むが記録がない",
  "TerminalServices-RemoteConnectionManager {n} (authentication): no log of that time":
    "TerminalServices-RemoteConnectionManager {n}(認証): その時間のログがない",
  "RdpCoreTS {n} (connection): the log covers the time and does not have it":
    "RdpCoreTS {n}(接続): ログはその時間を含むが記録がない",
  "RdpCoreTS {n} (connection): no log of that time": "RdpCoreTS {n}(接続): その時間のログがない",
  "Security {n} or {n} (logoff): the log covers the time and does not have it":
    "Security {n1} または {n2}(ログオフ): ログはその時間を含むが記録がない",
  "Security {n} or {n} (logoff): no log of that time":
    "Security {n1} または {n2}(ログオフ): その時間のログがない",
  "TerminalServices-LocalSessionManager {n} (session logoff): the log covers the time and does not have it":
    "TerminalServices-LocalSessionManager {n}(セッションのログオフ): ログはその時間を含むが記録がない",
  "TerminalServices-LocalSessionManager {n} (session logoff): no log of that time":
    "TerminalServices-LocalSessionManager {n}(セッションのログオフ): その時間のログがない",
  "Security {n} (logon): the session ends in these logs and begins in none":
    "Security {n}(ログオン): セッションの終わりだけがログにあり、始まりがない",
  "only the connection is recorded: whether somebody logged on over it is not":
    "接続だけが記録されており、ログオンしたかどうかは記録されていない",
};
